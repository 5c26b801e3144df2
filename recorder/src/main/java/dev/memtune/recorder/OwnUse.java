// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Step;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.wire.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the steps of a run used, as far as the run store knows.
 *
 * @param steps a step without a call is not in it
 */
record OwnUse(Map<Step, StepUsage> steps) {
    /** Of a state machine's run: IsSuccess, and Succeeded or Failed. */
    private static final int END_TRANSITIONS = 2;
    /** Of a call of Execute that did its work: IsExecuted, and Executed or a wait. */
    private static final int EXECUTE_TRANSITIONS = 2;

    /** Copies the map. */
    OwnUse {
        steps = Map.copyOf(steps);
    }

    /** Reads what the steps have noted; of Execute for every arm that the ledger names. */
    static OwnUse read(RunStore store, String runId) {
        Set<String> arms = store.ledger(runId).stream()
                .map(LedgerEntry::armId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<Step, StepUsage> steps = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            Stream<String> documents =
                    step == Step.EXECUTE ? arms.stream().map(StepUsage::document) : Stream.of(StepUsage.document(step));
            StepUsage used = documents
                    .flatMap(document -> store.document(runId, document).stream())
                    .map(json -> Json.read(json, StepUsage.class))
                    .reduce(StepUsage.NONE, StepUsage::plus);
            if (used.calls() > 0) {
                steps.put(step, used);
            }
        }
        return new OwnUse(steps);
    }

    /** The same, with a call of a step that is not noted yet. */
    OwnUse and(Step step, StepUsage call) {
        Map<Step, StepUsage> more = new EnumMap<>(Step.class);
        more.putAll(steps);
        more.merge(step, call, StepUsage::plus);
        return new OwnUse(more);
    }

    /** What a step used. */
    StepUsage of(Step step) {
        return steps.getOrDefault(step, StepUsage.NONE);
    }

    /** What all steps used together. */
    StepUsage total() {
        return steps.values().stream().reduce(StepUsage.NONE, StepUsage::plus);
    }

    /**
     * The state transitions of a run that came to a decision, up to its end: every state that was entered, and every retry.
     *
     * @param rounds how often the arms were measured
     * @see <a href="https://aws.amazon.com/step-functions/pricing/">AWS Step Functions Pricing</a>
     */
    long transitions(int rounds) {
        StepUsage publish = of(Step.PUBLISH);
        long isPublished = publish.successes();
        long isDecided = of(Step.ANALYZE).successes();
        return total().calls()
                + isPublished
                + publish.waits()
                + rounds
                + EXECUTE_TRANSITIONS * of(Step.EXECUTE).successes()
                + isDecided
                + END_TRANSITIONS;
    }
}
