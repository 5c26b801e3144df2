// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.data.StateFailure;
import dev.memtune.local.machine.definition.Catcher;
import dev.memtune.local.machine.definition.Retrier;
import dev.memtune.local.machine.definition.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Applies Retry and Catch. The retriers' MaxAttempts bound the number of attempts. */
final class Recoverer {
    private final Worker worker;

    Recoverer(Worker worker) {
        this.worker = worker;
    }

    Outcome run(Visit first, State.Recoverable state) {
        List<Retrier> retriers = state.recovery().retriers();
        int[] granted = new int[retriers.size()];
        Visit visit = first;
        while (true) {
            StateFailure failure;
            try {
                return new Outcome(visit.output(worker.result(visit, state)), state.next());
            } catch (StateFailure e) {
                failure = e;
            }
            Optional<Duration> delay = retryDelay(retriers, granted, failure, visit);
            if (delay.isEmpty()) {
                return caught(visit, state, failure);
            }
            visit = visit.retried();
            tellRetry(visit, failure, delay.get());
            visit.sleep(delay.get());
        }
    }

    /** The first matching retrier decides, even when it has no retry left. */
    private static Optional<Duration> retryDelay(
            List<Retrier> retriers, int[] granted, StateFailure failure, Visit visit) {
        for (int i = 0; i < granted.length; i++) {
            Retrier retrier = retriers.get(i);
            if (retrier.errors().matches(failure.error())) {
                return granted[i] < retrier.maxAttempts()
                        ? Optional.of(retrier.delay(
                                granted[i]++, visit.run().settings().random()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static void tellRetry(Visit visit, StateFailure failure, Duration delay) {
        visit.run()
                .history()
                .tell(new MachineEvent.RetryScheduled(
                        visit.run().now(),
                        visit.place(),
                        failure.error(),
                        failure.causeText(),
                        visit.retryCount(),
                        delay));
    }

    private static Outcome caught(Visit visit, State.Recoverable state, StateFailure failure) {
        Catcher catcher = state.recovery().catchers().stream()
                .filter(candidate -> candidate.errors().matches(failure.error()))
                .findFirst()
                .orElseThrow(() -> failure);
        visit.run()
                .history()
                .tell(new MachineEvent.ErrorCaught(
                        visit.run().now(), visit.place(), failure.error(), failure.causeText(), catcher.next()));
        JsonNode output = catcher.resultPath().apply(visit.input(), errorOutput(failure));
        return new Outcome(Json.limited(output, "The output of the state '" + state.name() + "'"), catcher.next());
    }

    private static ObjectNode errorOutput(StateFailure failure) {
        String cause = failure.causeText();
        return Json.object().put("Error", failure.error()).put("Cause", cause == null ? "" : cause);
    }
}
