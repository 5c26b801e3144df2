// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What happens on Ctrl-C. The JVM runs shutdown hooks and then ends with 130 by itself; the hook waits for the clean-up of
 * whatever is going on at that moment.
 */
public final class Interrupts {
    private static final AtomicReference<Runnable> CLEAN_UP = new AtomicReference<>(Interrupts::nothing);

    private Interrupts() {}

    /** Makes the process wait for {@link #cleaningUp}'s action when it is stopped. Called once, by the entry point. */
    static void install() {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> CLEAN_UP.getAndSet(Interrupts::nothing).run(), "clean-up"));
    }

    private static void nothing() {}

    /** Does something with a clean-up in place; the clean-up runs only if the process is stopped meanwhile. */
    public static <T, E extends Exception> T cleaningUp(Runnable cleanUp, Body<T, E> body) throws E {
        Runnable outer = CLEAN_UP.getAndSet(cleanUp);
        try {
            return body.run();
        } finally {
            CLEAN_UP.compareAndSet(cleanUp, outer);
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Body<T, E extends Exception> {
        /** Does it. */
        T run() throws E;
    }
}
