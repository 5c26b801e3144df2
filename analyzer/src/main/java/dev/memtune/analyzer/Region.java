// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.function.FunctionConfiguration;

/** Where a function is. */
final class Region {
    private Region() {}

    /** From the ARN, {@code arn:partition:lambda:region:account:function:name}; else a name that no price table has. */
    static String of(FunctionConfiguration function) {
        String[] parts = function.functionArn().split(":", -1);
        return parts.length > 3 ? parts[3] : "unknown";
    }
}
