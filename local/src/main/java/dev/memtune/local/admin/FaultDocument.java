// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.service.Intervention;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Planned faults as JSON. */
final class FaultDocument {
    private static final String KINDS =
            "error-before, error-after, lost-before, lost-after, lost-then-effect, late-effect or late-answer";
    private static final long DELAY_MS_MAX = 900_000;
    private static final String THROTTLE = LambdaFault.Kind.TOO_MANY_REQUESTS.code();

    private FaultDocument() {}

    static PlannedFault read(Members members) {
        PlannedFault fault = new PlannedFault(
                members.text("operation"),
                members.text("function"),
                members.text("accessKeyId"),
                members.integer("skip", 0, Integer.MAX_VALUE).orElse(0L),
                members.integer("times", 0, Integer.MAX_VALUE).orElse(1L),
                members.number("rate", 0, 1).orElse(1.0),
                effect(members));
        members.done();
        return fault;
    }

    private static Intervention effect(Members members) {
        String kind = members.text("kind").orElseThrow(() -> Refusal.member("kind", "must be " + KINDS, "nothing"));
        return switch (kind) {
            case "error-before" -> new Intervention.FailBefore(fault(members));
            case "error-after" -> new Intervention.FailAfter(fault(members));
            case "lost-before" -> new Intervention.LoseBefore();
            case "lost-after" -> new Intervention.LoseAfter();
            case "lost-then-effect" -> new Intervention.LateEffect(delay(members));
            case "late-effect" -> new Intervention.Slow(delay(members), Duration.ZERO);
            case "late-answer" -> new Intervention.Slow(Duration.ZERO, delay(members));
            default -> throw Refusal.member("kind", "must be " + KINDS, kind);
        };
    }

    private static Duration delay(Members members) {
        return members.integer("delayMs", 1, DELAY_MS_MAX)
                .map(Duration::ofMillis)
                .orElseThrow(() -> Refusal.member("delayMs", "must be given for this kind", "nothing"));
    }

    private static LambdaFault fault(Members members) {
        String code = members.text("error").orElse("ServiceException");
        Optional<String> reason = members.text("reason");
        Optional<String> message = members.text("message");
        if (code.equals(THROTTLE)) {
            return LambdaFault.throttled(reason.orElse("CallerRateLimitExceeded"));
        }
        LambdaFault.Kind kind = Arrays.stream(LambdaFault.Kind.values())
                .filter(candidate -> candidate.code().equals(code))
                .findFirst()
                .orElseThrow(
                        () -> Refusal.member("error", "must be an error code of Lambda's that is known here", code));
        return LambdaFault.of(kind, message.orElse("A planned fault"));
    }

    /** The kind of an intervention, as it is written; empty for none. */
    static String kind(Intervention intervention) {
        return switch (intervention) {
            case Intervention.Proceed p -> "";
            case Intervention.FailBefore f -> "error-before";
            case Intervention.FailAfter f -> "error-after";
            case Intervention.LoseBefore l -> "lost-before";
            case Intervention.LoseAfter l -> "lost-after";
            case Intervention.LateEffect l -> "lost-then-effect";
            case Intervention.Slow s -> s.beforeEffect().isZero() ? "late-answer" : "late-effect";
        };
    }

    static ObjectNode write(FaultPlan.Planned planned) {
        PlannedFault fault = planned.fault();
        ObjectNode json = Members.MAPPER.createObjectNode().put("id", planned.id());
        fault.operation().ifPresent(value -> json.put("operation", value));
        fault.function().ifPresent(value -> json.put("function", value));
        fault.accessKeyId().ifPresent(value -> json.put("accessKeyId", value));
        return json.put("kind", kind(fault.effect()))
                .put("skip", fault.skip())
                .put("times", fault.times())
                .put("rate", fault.rate())
                .put("matched", planned.matched())
                .put("struck", planned.struck());
    }
}
