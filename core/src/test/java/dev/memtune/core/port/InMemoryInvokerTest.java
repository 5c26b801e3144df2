// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Instant;

class InMemoryInvokerTest extends FunctionInvokerContract {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);

    InMemoryInvokerTest() {
        lambda.add("work", 512);
    }

    @Override
    protected FunctionInvoker invoker() {
        return lambda;
    }

    @Override
    protected ReportSource logs() {
        return lambda.logs();
    }

    @Override
    protected FunctionControl control() {
        return lambda;
    }

    @Override
    protected String function() {
        return "work";
    }

    @Override
    protected Sleeper sleeper() {
        return clock;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }
}
