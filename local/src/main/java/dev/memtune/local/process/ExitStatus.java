// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Map;

/** Lambda's words for how a runtime's process ended. */
final class ExitStatus {
    static final String KILLED = "Runtime exited with error: signal: killed";

    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "illegal instruction",
            6, "aborted",
            7, "bus error",
            8, "floating point exception",
            9, "killed",
            11, "segmentation fault",
            15, "terminated");

    private ExitStatus() {}

    /** @param status 0 to 255; over 128 a signal's number was added, as the JDK and shells do */
    static String text(int status) {
        if (status == 0) {
            return "Runtime exited without providing a reason";
        }
        String signal = SIGNALS.get(status - 128);
        return "Runtime exited with error: " + (signal == null ? "exit status " + status : "signal: " + signal);
    }
}
