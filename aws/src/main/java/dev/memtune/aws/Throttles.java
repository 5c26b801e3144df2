// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Counts the answers that say that there were too many calls: each attempt of a call has one, and the retry strategy waits
 * before the next. Safe for use by many threads.
 */
public final class Throttles implements ExecutionInterceptor {
    private static final int TOO_MANY_REQUESTS = 429;

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (context.httpResponse().statusCode() == TOO_MANY_REQUESTS) {
            count.incrementAndGet();
        }
    }

    /** How many there were since this was last asked for. */
    public int take() {
        return count.getAndSet(0);
    }
}
