// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Alias;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Aliases. */
final class AliasOperations {
    private static final Pattern NAME = Pattern.compile("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    private static final Pattern VERSION = Pattern.compile("(\\$LATEST|[0-9]+)");
    private static final int MAX_LENGTH = 128;
    private static final int MAX_DESCRIPTION = 256;

    private final Context context;

    AliasOperations(Context context) {
        this.context = context;
    }

    void addTo(Routes routes) {
        String aliases = " /2015-03-31/functions/{FunctionName}/aliases";
        routes.add("CreateAlias", "POST" + aliases, this::create)
                .add("ListAliases", "GET" + aliases, this::list)
                .add("GetAlias", "GET" + aliases + "/{Name}", this::get)
                .add("UpdateAlias", "PUT" + aliases + "/{Name}", this::update)
                .add("DeleteAlias", "DELETE" + aliases + "/{Name}", this::delete);
    }

    private Reply create(Request request) throws IOException {
        RequestBody body = request.json();
        Constraints constraints = new Constraints();
        constraints.present("name", body.has("Name"));
        constraints.present("functionVersion", body.has("FunctionVersion"));
        constraints.length("name", body.text("Name"), 1, MAX_LENGTH);
        constraints.pattern("name", body.text("Name"), NAME);
        check(constraints, body);
        Alias draft = new Alias(
                body.text("Name").orElseThrow(),
                body.text("FunctionVersion").orElseThrow(),
                body.text("Description").orElse(""),
                canary(body, Optional.empty()),
                "");
        DeployedFunction after = context.account()
                .change(request.unqualifiedFunction(context.arns()), function -> context.lifecycle()
                        .createAlias(function, draft));
        return Reply.created(context.json().alias(after, context.lifecycle().alias(after, draft.name())));
    }

    private static void check(Constraints constraints, RequestBody body) {
        constraints.length("description", body.text("Description"), 0, MAX_DESCRIPTION);
        constraints.pattern("functionVersion", body.text("FunctionVersion"), VERSION);
        constraints.enforce();
    }

    /** The second version: the present one if the request says nothing about it, none if it takes the weights away. */
    private static Optional<Alias.Canary> canary(RequestBody body, Optional<Alias.Canary> present) {
        Optional<RequestBody> routing = body.object("RoutingConfig");
        if (routing.isEmpty()) {
            return present;
        }
        return canary(routing.get()
                .object("AdditionalVersionWeights")
                .map(RequestBody::numberMap)
                .orElse(Map.of()));
    }

    private static Optional<Alias.Canary> canary(Map<String, Double> weights) {
        if (weights.size() > 1) {
            throw LambdaFault.invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
        }
        return weights.entrySet().stream()
                .findFirst()
                .map(entry -> new Alias.Canary(entry.getKey(), weight(entry.getValue())));
    }

    private static double weight(double weight) {
        if (!(weight >= 0 && weight <= 1)) {
            throw LambdaFault.invalid("1 validation error detected: Value '" + weight
                    + "' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: "
                    + "Member must have value between 0.0 and 1.0");
        }
        return weight;
    }

    private Reply list(Request request) {
        DeployedFunction function = context.account().function(request.unqualifiedFunction(context.arns()));
        Optional<String> version = request.parameter("FunctionVersion");
        return Reply.ok(Page.of(request)
                .of(
                        "Aliases",
                        function.aliases().values().stream()
                                .filter(alias ->
                                        version.isEmpty() || alias.version().equals(version.get()))
                                .map(alias -> context.json().alias(function, alias))
                                .toList()));
    }

    private Reply get(Request request) {
        DeployedFunction function = context.account().function(request.unqualifiedFunction(context.arns()));
        return Reply.ok(context.json().alias(function, context.lifecycle().alias(function, request.variable("Name"))));
    }

    private Reply update(Request request) throws IOException {
        String name = request.variable("Name");
        RequestBody body = request.json();
        check(new Constraints(), body);
        Optional<String> revisionId = body.text("RevisionId").filter(id -> !id.isEmpty());
        FunctionReference reference = request.unqualifiedFunction(context.arns());
        DeployedFunction after = context.account().change(reference, function -> {
            Alias present = context.lifecycle().alias(function, name);
            Alias draft = new Alias(
                    name,
                    body.text("FunctionVersion").orElse(present.version()),
                    body.text("Description").orElse(present.description()),
                    canary(body, present.canary()),
                    "");
            return context.lifecycle().updateAlias(function, draft, revisionId);
        });
        return Reply.ok(context.json().alias(after, context.lifecycle().alias(after, name)));
    }

    private Reply delete(Request request) throws IOException {
        String name = request.variable("Name");
        context.account().change(request.unqualifiedFunction(context.arns()), function -> context.lifecycle()
                .deleteAlias(function, name));
        return Reply.noContent();
    }
}
