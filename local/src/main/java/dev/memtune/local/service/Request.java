// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A request for a known operation.
 *
 * @param requestId the id of the call and, for Invoke, of the invocation
 * @param path the variables of the path by name, decoded
 * @param query the query's parameters, decoded; a name without a value has an empty one
 * @param header looks a header up, empty text if it is missing
 * @param body the body
 */
record Request(
        String requestId,
        Map<String, String> path,
        Map<String, List<String>> query,
        UnaryOperator<String> header,
        byte[] body) {
    private static final int MAX_QUALIFIER = 128;
    private static final Pattern QUALIFIER = Pattern.compile("(|[a-zA-Z0-9$_-]+)");

    String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no variable " + name);
        }
        return value;
    }

    Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** Every value of a repeated parameter. */
    List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    Optional<String> headerText(String name) {
        return Optional.of(header.apply(name)).filter(value -> !value.isEmpty());
    }

    /** The function that the path names, with the qualifier of path or query. */
    FunctionReference function(FunctionArns arns) {
        Optional<String> qualifier = parameter("Qualifier");
        Constraints constraints = new Constraints();
        constraints.length("qualifier", qualifier, 1, MAX_QUALIFIER);
        constraints.pattern("qualifier", qualifier, QUALIFIER);
        constraints.enforce();
        return FunctionReference.parse(variable("FunctionName"), arns).with(qualifier);
    }

    /** The function that the path names, for calls that act on {@code $LATEST} alone. */
    FunctionReference unqualifiedFunction(FunctionArns arns) {
        FunctionReference reference = FunctionReference.parse(variable("FunctionName"), arns);
        if (reference
                .qualifier()
                .filter(q -> !q.equals(DeployedFunction.LATEST))
                .isPresent()) {
            throw LambdaFault.invalid(
                    "This operation is permitted on Lambda functions only. Aliases and versions do not "
                            + "support this operation. Please specify either a function name or an unqualified function ARN.");
        }
        return new FunctionReference(reference.name(), Optional.empty());
    }

    RequestBody json() {
        return RequestBody.parse(body);
    }
}
