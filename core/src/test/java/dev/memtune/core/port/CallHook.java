// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stands around every call to {@link InMemoryLambda}: may act or throw before the effect, after it, or put the effect off.
 * Foreign changes are best made through {@link ModelFunction}, which is not hooked.
 */
public interface CallHook {
    /** Lets every call through. */
    CallHook NONE = before(call -> {});

    /** Runs the effect, or not; its value is the answer to the call. */
    <T> T around(LambdaCall call, Supplier<T> effect);

    /** Acts before the effect; throwing means that the call was not done. */
    static CallHook before(Consumer<LambdaCall> action) {
        return new CallHook() {
            @Override
            public <T> T around(LambdaCall call, Supplier<T> effect) {
                action.accept(call);
                return effect.get();
            }
        };
    }

    /** Acts after the effect; throwing means that the call was done and nobody was told. */
    static CallHook after(Consumer<LambdaCall> action) {
        return new CallHook() {
            @Override
            public <T> T around(LambdaCall call, Supplier<T> effect) {
                T answer = effect.get();
                action.accept(call);
                return answer;
            }
        };
    }
}
