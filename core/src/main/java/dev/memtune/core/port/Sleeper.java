// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Duration;

/** Waits. In production {@code Thread.sleep}, in tests a moved clock. */
@FunctionalInterface
public interface Sleeper {
    /** Waits for at least this long. @throws InterruptedException if the thread is interrupted */
    void sleep(Duration duration) throws InterruptedException;
}
