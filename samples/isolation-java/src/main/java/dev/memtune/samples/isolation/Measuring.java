// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.isolation;

import com.amazonaws.services.lambda.runtime.Context;

/** Whether an invocation measures, by the alias in the ARN that was invoked. */
final class Measuring {
    private static final String ALIAS_PREFIX = "memtune-";
    private static final int ARN_PARTS_WITH_QUALIFIER = 8;

    private Measuring() {}

    static boolean by(Context context) {
        String[] parts = context.getInvokedFunctionArn().split(":", -1);
        return parts.length == ARN_PARTS_WITH_QUALIFIER && parts[ARN_PARTS_WITH_QUALIFIER - 1].startsWith(ALIAS_PREFIX);
    }
}
