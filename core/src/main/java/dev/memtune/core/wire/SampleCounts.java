// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * What became of a size's invocations.
 *
 * @param total all that were sent
 * @param measured those that count, cold ones and those found in logs included
 * @param cold those of the measured that started their environment
 * @param failed in which the function failed
 * @param unparsed that succeeded without a report
 * @param discarded that ran another version or memory size
 * @param unanswered that nobody knows the end of
 * @param capped those of the measured that were lowered to three medians for the decision
 * @param fromLogs whose report the answer lacked, and the function's logs had
 * @param found those of the measured that were not sent by this run, but found in the function's own logs
 */
public record SampleCounts(
        int total,
        int measured,
        int cold,
        int failed,
        int unparsed,
        int discarded,
        int unanswered,
        int capped,
        int fromLogs,
        int found) {}
