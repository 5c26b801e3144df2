// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.TuningInput;
import java.util.List;

/**
 * What comes before a tuning of a function in an account, where it costs money and has effects: one read that tells a wrong
 * name, the plan, the permissions, and a person's yes.
 */
public final class AccountTuning {
    private final Ports ports;
    private final AwsFunctionInvoker invoker;
    private final TuningInput input;
    private final FunctionConfiguration function;

    private AccountTuning(Ports ports, AwsFunctionInvoker invoker, TuningInput input, FunctionConfiguration function) {
        this.ports = ports;
        this.invoker = invoker;
        this.input = input;
        this.function = function;
    }

    /**
     * Looks at the function; nothing is changed.
     *
     * @throws BadInput if it is not there
     * @throws NotTunable if it may not be read, with the policy that would let it
     */
    public static AccountTuning of(Ports ports, LambdaClients clients, TuningInput input) {
        try {
            FunctionConfiguration latest = requireFunction(ports, input.function());
            return new AccountTuning(ports, new AwsFunctionInvoker(clients), input, latest);
        } catch (LambdaFault.Denied e) {
            if (!PermissionCheck.isMissing(e)) {
                throw e;
            }
            throw denied(List.of("lambda:GetFunctionConfiguration"), unqualified(input.function()), input);
        }
    }

    /**
     * One read before anything is asked or begun: a wrong name, region or account is told apart at once.
     *
     * @return {@code $LATEST}
     * @throws BadInput if the function is not there
     */
    public static FunctionConfiguration requireFunction(Ports ports, String function) {
        try {
            return ports.control().configuration(unqualified(function), FunctionConfiguration.LATEST);
        } catch (LambdaFault.NotFound e) {
            throw new BadInput(List.of(new Problem(
                    "TARGET",
                    "must be a folder or zip that is there, or a function of this account and region",
                    function,
                    "Check the name, --region (AWS_REGION) and --profile (AWS_PROFILE)")));
        }
    }

    private static String unqualified(String function) {
        return FunctionReference.parse(function).orElseThrow().unqualified();
    }

    /** The plan as a document, for programs. */
    public ObjectNode planDocument() {
        return plan().document();
    }

    /** The plan, line by line. */
    public List<String> planLines() {
        return plan().lines();
    }

    private PlanText plan() {
        return new PlanText(TuningPlan.of(input, function, ports.prices()), input, function);
    }

    /**
     * Makes sure that somebody wants it, and that nothing will be refused half-way.
     *
     * @throws BadInput if the answer is not yes; nothing was changed
     * @throws NotTunable if permissions are missing, with the policy that grants them; nothing was changed
     */
    public void requireReady(Consent consent) {
        consent.require(planLines());
        List<String> missing =
                new PermissionCheck(ports.control(), invoker, unqualified(input.function())).missing(function);
        if (!missing.isEmpty()) {
            throw denied(missing, function.functionArn(), input);
        }
    }

    private static NotTunable denied(List<String> missing, String functionArn, TuningInput input) {
        return new NotTunable(
                "not permitted: " + String.join(", ", missing) + ". Nothing was changed. This policy permits"
                        + " all that is needed for this function:\n"
                        + TuningPolicy.of(functionArn).text(input.procedure()));
    }
}
