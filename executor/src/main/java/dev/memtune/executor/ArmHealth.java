// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.sample.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches an arm's samples, in the order of their arrival, and says when to buy no more of them.
 *
 * <p>A size cannot work if the function runs out of memory there once, if a payload fails twice in a row before it has ever
 * passed, three times in a row after that, or never passes at all, and if no report of its first three successes can be read.
 * So a function that fails now and then stays in the race, and its failures are counted.
 */
final class ArmHealth {
    private static final int MAX_FIRST_FAILURES = 2;
    private static final int MAX_LATER_FAILURES = 3;
    private static final int MAX_UNREAD = 3;
    private static final int MAX_WRONG = 3;
    private static final int MAX_UNANSWERED = 3;

    private final Arm arm;
    private final Map<String, Integer> failuresInRow = new HashMap<>();
    private final Map<String, Sample> neverPassed = new HashMap<>();
    private final Map<String, Boolean> passed = new HashMap<>();
    private final Map<Sample.Outcome, Integer> inRow = new HashMap<>();
    private int measuredCount;
    private @Nullable Infeasible infeasible;
    private @Nullable Sample lastUnread;
    private @Nullable Sample lastWrong;

    ArmHealth(Arm arm) {
        this.arm = arm;
    }

    void accept(Sample sample) {
        int row = inRow.getOrDefault(sample.outcome(), 0) + 1;
        inRow.clear();
        inRow.put(sample.outcome(), row);
        switch (sample.outcome()) {
            case MEASURED -> pass(sample);
            case FAILED -> fail(sample);
            case UNPARSED -> lastUnread = sample;
            case DISCARDED -> lastWrong = sample;
            case UNANSWERED -> {
                // Neither the function's success nor its failure.
            }
        }
        if (measuredCount == 0 && rowOf(Sample.Outcome.UNPARSED) >= MAX_UNREAD) {
            infeasible = because(Infeasible.Reason.NO_REPORTS, sample);
        }
    }

    private void pass(Sample sample) {
        measuredCount++;
        passed.put(sample.payloadName(), true);
        failuresInRow.remove(sample.payloadName());
        neverPassed.remove(sample.payloadName());
    }

    private void fail(Sample sample) {
        boolean hasPassed = passed.containsKey(sample.payloadName());
        int failures = failuresInRow.merge(sample.payloadName(), 1, Integer::sum);
        if (!hasPassed) {
            neverPassed.put(sample.payloadName(), sample);
        }
        Infeasible.Reason reason = FunctionFailure.reason(sample.errorType());
        int limit = hasPassed ? MAX_LATER_FAILURES : MAX_FIRST_FAILURES;
        if (infeasible == null && (failures >= limit || reason == Infeasible.Reason.OUT_OF_MEMORY)) {
            infeasible = because(reason, sample);
        }
    }

    private Infeasible because(Infeasible.Reason reason, Sample sample) {
        String type = sample.errorType() == null ? "" : sample.errorType() + ": ";
        String message =
                "with " + sample.payloadName() + ": " + type + (sample.message() == null ? "" : sample.message());
        return new Infeasible(arm.id(), arm.memoryMB(), reason, Excerpt.of(message));
    }

    private int rowOf(Sample.Outcome outcome) {
        return inRow.getOrDefault(outcome, 0);
    }

    /** Why this size cannot work, if that is known by now. */
    Optional<Infeasible> infeasible() {
        return Optional.ofNullable(infeasible);
    }

    /** The same when nothing more is to be bought: now a payload that has not passed will not, and so with reports. */
    Optional<Infeasible> infeasibleAtEnd() {
        if (infeasible == null && !neverPassed.isEmpty()) {
            Sample sample = neverPassed.values().iterator().next();
            infeasible = because(FunctionFailure.reason(sample.errorType()), sample);
        }
        if (infeasible == null && measuredCount == 0 && lastUnread != null) {
            infeasible = because(Infeasible.Reason.NO_REPORTS, lastUnread);
        }
        return infeasible();
    }

    /** What ran instead of the arm, if that keeps happening. */
    Optional<String> conflict(boolean isEnd) {
        boolean isConflict = rowOf(Sample.Outcome.DISCARDED) >= MAX_WRONG || (isEnd && measuredCount == 0);
        return isConflict && lastWrong != null ? Optional.ofNullable(lastWrong.message()) : Optional.empty();
    }

    /** Whether the endpoint has stopped answering. */
    boolean isUnanswered() {
        return rowOf(Sample.Outcome.UNANSWERED) >= MAX_UNANSWERED;
    }

    boolean isToStop() {
        return infeasible != null || isUnanswered() || conflict(false).isPresent();
    }
}
