// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Alias;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Lifecycle;
import dev.memtune.local.function.Version;
import dev.memtune.local.process.FunctionRunner;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.NotRun;
import dev.memtune.local.process.RunnableVersion;
import java.time.Instant;

/** Finds what an invocation runs and runs it, within the concurrency that is left, and keeps its log. */
final class Invocations {
    private final Context context;
    private final FunctionRunner runner;
    private final Pools pools;
    private final Runnables runnables;
    private final Concurrency concurrency;
    private final FunctionLogs logs;
    private final Chance chance;

    Invocations(
            Context context,
            FunctionRunner runner,
            Pools pools,
            Runnables runnables,
            Concurrency concurrency,
            FunctionLogs logs,
            Chance chance) {
        this.context = context;
        this.runner = runner;
        this.pools = pools;
        this.runnables = runnables;
        this.concurrency = concurrency;
        this.logs = logs;
        this.chance = chance;
    }

    /**
     * What an invocation runs.
     *
     * @param function the function's name
     * @param runnable the version
     */
    record Target(String function, RunnableVersion runnable) {}

    /**
     * The version behind a reference, drawn by the alias's weights if it has some.
     *
     * @throws LambdaFault 404 if there is none, 409 if it cannot be invoked yet
     */
    Target target(FunctionReference reference) {
        DeployedFunction function = context.account().function(reference);
        String qualifier = reference.qualifier().orElse(DeployedFunction.LATEST);
        String number = function.alias(qualifier).map(this::routed).orElse(qualifier);
        if (number.equals(DeployedFunction.LATEST)) {
            if (function.latest().isPending()) {
                throw Lifecycle.pending();
            }
            return new Target(function.name(), runnables.latest(function));
        }
        Version version = function.version(number)
                .orElseThrow(() -> LambdaFault.notFound("Function not found: " + reference.arn(context.arns())));
        requireActive(version);
        return new Target(function.name(), runnables.version(function, version));
    }

    private String routed(Alias alias) {
        return alias.canary().isPresent() ? alias.route(chance.draw()) : alias.version();
    }

    private void requireActive(Version version) {
        if (version.isPending(context.account().now())) {
            throw version.configuration().snapStart()
                    ? LambdaFault.of(
                            LambdaFault.Kind.SNAP_START_NOT_READY,
                            "Lambda is initializing your function. It will be ready to invoke shortly.")
                    : Lifecycle.pending();
        }
    }

    /** @throws LambdaFault if it could not be run */
    InvocationResult run(Target target, Invocation invocation) throws InterruptedException {
        concurrency.enter(target.function());
        try {
            pools.enter(target.runnable().versionArn());
            try {
                Instant start = context.account().now();
                InvocationResult result = runner.invoke(target.runnable(), invocation);
                logs.keep(target.runnable(), result, start, context.account().now());
                return result;
            } catch (NotRun e) {
                throw fault(e);
            } finally {
                pools.leave(target.runnable().versionArn());
            }
        } finally {
            concurrency.leave(target.function());
        }
    }

    private static LambdaFault fault(NotRun refusal) {
        return switch (refusal.reason()) {
            case RUNTIME -> LambdaFault.of(LambdaFault.Kind.INVALID_RUNTIME, refusal.text());
            case BUSY -> LambdaFault.throttled("ConcurrentInvocationLimitExceeded");
            case HOST -> LambdaFault.of(LambdaFault.Kind.SERVICE, refusal.text());
        };
    }
}
