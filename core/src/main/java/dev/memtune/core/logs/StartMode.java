// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** Whether an invocation had to start its execution environment, or found it running. */
public enum StartMode {
    /** The environment was initialized or restored for this invocation. */
    COLD,
    /** The environment had served, or been prepared, before. */
    WARM
}
