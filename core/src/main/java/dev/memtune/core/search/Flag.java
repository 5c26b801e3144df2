// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

/** What to know before the answer is acted upon, with what to do about it. */
public enum Flag {
    /** A few slow calls carry much of the mean. */
    HEAVY_TAIL("look at what the slow calls wait for; they cost money at every size, and the comparison caps them"),
    /** Later invocations are faster or slower than earlier ones. */
    NON_STATIONARY(
            "measure again when the function is warmed up and what it calls is quiet, or with --policy rigorous"),
    /** All invocations ran in so few environments that one slow host could bend the comparison. */
    FEW_ENVIRONMENTS("allow more invocations at once, so that several environments per size are measured"),
    /** The fee per request is a notable part of the cost, and no memory size changes it. */
    SHORT_FUNCTION("batch the calls: memory does not change the fee per request"),
    /** The best sizes could not be told apart at the stated confidence. */
    NOT_SEPARATED("take the answer as it is, or buy certainty with more invocations per size"),
    /** The bound of invocations, money or rounds ended the search before it was settled. */
    BUDGET_EXHAUSTED("the best of what was measured is given; a greater budget could settle it"),
    /** The answer keeps to the limit as far as was seen, but its scatter could hide that it does not. */
    LIMIT_NOT_CERTAIN("leave more room to the limit, or allow more invocations per size"),
    /** No size that was measured meets the constraint. */
    CONSTRAINT_NOT_MET("relax the constraint or make the function faster; the nearest size is given");

    private final String advice;

    Flag(String advice) {
        this.advice = advice;
    }

    /** What to do, in words. */
    public String advice() {
        return advice;
    }
}
