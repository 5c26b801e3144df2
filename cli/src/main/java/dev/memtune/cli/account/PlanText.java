// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says a plan to a person, and to a program. */
final class PlanText {
    private final TuningPlan plan;
    private final TuningInput input;
    private final FunctionConfiguration function;

    PlanText(TuningPlan plan, TuningInput input, FunctionConfiguration function) {
        this.plan = plan;
        this.input = input;
        this.function = function;
    }

    /** The plan, a line for each thing to know before saying yes. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Plan for " + function.functionArn() + " (" + function.memoryMB() + " MB, time-out "
                + function.timeoutSeconds() + " s)");
        lines.add("  sizes        " + sizes());
        lines.add("  events       " + events());
        lines.add("  invocations  at most " + plan.invocationsMax() + ", with real effects; policy "
                + input.policy().wireName());
        lines.add("  cost         at most " + plan.costMax().currency().getCurrencyCode() + " "
                + plan.shownCost().toPlainString() + ", if every invocation ran into its time-out"
                + (plan.costMax().estimated() ? "; a rate is estimated" : ""));
        lines.add("  time         at most " + text(plan.timeMax()) + ", if every invocation did and none overlapped");
        lines.add("  $LATEST      changes its memory size at most " + plan.latestChangesMax()
                + " times, the last time back to " + function.memoryMB() + " MB; nothing else of it is written");
        lines.add("  promotion    " + promotion());
        return lines;
    }

    private String sizes() {
        String sizes = plan.powerValues().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return sizes + " MB" + (plan.extraSizes() == 0 ? "" : ", and up to " + plan.extraSizes() + " between them");
    }

    private String events() {
        if (input.procedure().payloadS3() != null) {
            return "from " + input.procedure().payloadS3();
        }
        return input.payloads().size() == 1
                ? "1"
                : input.payloads().size() + ": "
                        + input.payloads().stream().map(one -> one.name()).collect(Collectors.joining(", "));
    }

    private String promotion() {
        if (input.procedure().dryRun()) {
            return "none: a dry run";
        }
        if (!input.promote()) {
            return "none";
        }
        return input.promoteAlias() == null
                ? "the best size is written to $LATEST"
                : "the alias " + input.promoteAlias() + " is moved to the best size";
    }

    private static String text(Duration time) {
        long minutes = time.toMinutes();
        if (minutes == 0) {
            return time.toSeconds() + " s";
        }
        return minutes < 120 ? minutes + 1 + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** The plan as a document: {@code plan} has the figures. */
    ObjectNode document() {
        ObjectNode document = Json.mapper().createObjectNode();
        ObjectNode members = document.putObject("plan");
        members.put("function", function.functionArn());
        plan.powerValues().forEach(members.putArray("powerValues")::add);
        members.put("extraSizes", plan.extraSizes());
        members.put("invocationsMax", plan.invocationsMax());
        members.put("costMax", plan.costMax().amount());
        members.put("currency", plan.costMax().currency().getCurrencyCode());
        members.put("secondsMax", plan.timeMax().toSeconds());
        members.put("latestChangesMax", plan.latestChangesMax());
        members.put("policy", input.policy().wireName());
        return document;
    }
}
