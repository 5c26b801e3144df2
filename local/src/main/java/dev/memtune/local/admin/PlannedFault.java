// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import dev.memtune.local.service.Call;
import dev.memtune.local.service.Intervention;
import java.util.Optional;

/**
 * A fault that waits for its calls.
 *
 * @param operation the operation's name; empty for any
 * @param function the function's bare name; empty for any
 * @param accessKeyId who calls; empty for anybody
 * @param skip how many of these calls are let through first
 * @param times how many it strikes then; 0 for all
 * @param rate the part of them that it really strikes, 0 to 1
 * @param effect what happens to a call that is struck
 */
record PlannedFault(
        Optional<String> operation,
        Optional<String> function,
        Optional<String> accessKeyId,
        long skip,
        long times,
        double rate,
        Intervention effect) {

    boolean isFor(Call call) {
        return operation.map(call.operation()::equals).orElse(true)
                && function.map(name -> isFunction(name, call.resource())).orElse(true)
                && accessKeyId.map(call.accessKeyId()::equals).orElse(true);
    }

    /** A function is named by its name, by its ARN or by a part of it, with a qualifier or without. */
    private static boolean isFunction(String name, String resource) {
        String[] parts = resource.split(":", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            if (parts[i].equals("function")) {
                return parts[i + 1].equals(name);
            }
        }
        return parts[0].equals(name);
    }
}
