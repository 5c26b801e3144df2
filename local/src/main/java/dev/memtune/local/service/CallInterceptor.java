// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

/**
 * Sees every call of a known operation: for planned faults, for foreign writes between two calls, for recordings.
 * Called on the thread of the request; may block it.
 */
public interface CallInterceptor {
    /** Lets every call through. */
    CallInterceptor NONE = call -> Intervention.PROCEED;

    /** Called before the operation has any effect; what it does itself (a foreign write, say) happens before. */
    Intervention before(Call call);

    /**
     * Called after the effect and before anything is answered.
     *
     * @param call the call
     * @param outcome what will be answered, or would have been without the intervention
     */
    default void after(Call call, Outcome outcome) {}

    /**
     * A call's outcome.
     *
     * @param status the HTTP status
     * @param errorCode the error code, empty if there is none
     */
    record Outcome(int status, String errorCode) {}
}
