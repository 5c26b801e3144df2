// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.sample.Sample;

/**
 * The place of one invocation in the books.
 *
 * @param armId the arm
 * @param round the round, from 1
 * @param index the position in the arm's sequence
 * @param payloadName the payload's name
 */
record Purchase(String armId, int round, int index, String payloadName) {
    /** The sample of an invocation that nobody knows the end of. */
    Sample unanswered(String why) {
        return new Sample(
                armId,
                round,
                index,
                payloadName,
                Sample.Outcome.UNANSWERED,
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Excerpt.of(why));
    }
}
