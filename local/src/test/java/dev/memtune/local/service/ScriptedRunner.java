// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.process.FunctionRunner;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as it is told, and remembers what it was asked. */
final class ScriptedRunner implements FunctionRunner {
    final List<RunnableVersion> versions = new CopyOnWriteArrayList<>();
    final List<Invocation> invocations = new CopyOnWriteArrayList<>();
    final List<String> retired = new CopyOnWriteArrayList<>();
    final List<String> provisioned = new CopyOnWriteArrayList<>();
    volatile Script script = (version, invocation) -> result("\"ok\"", "log of " + invocation.requestId() + "\n");
    volatile boolean closed;

    /** What an invocation does. */
    interface Script {
        InvocationResult run(RunnableVersion version, Invocation invocation) throws InterruptedException;
    }

    static InvocationResult result(String payload, String log) {
        return new InvocationResult(
                payload.getBytes(StandardCharsets.UTF_8), Optional.empty(), log.getBytes(StandardCharsets.UTF_8));
    }

    static InvocationResult error(String payload) {
        return new InvocationResult(payload.getBytes(StandardCharsets.UTF_8), Optional.of("Unhandled"), new byte[0]);
    }

    @Override
    public InvocationResult invoke(RunnableVersion version, Invocation invocation) throws InterruptedException {
        versions.add(version);
        invocations.add(invocation);
        return script.run(version, invocation);
    }

    @Override
    public void retire(String versionArn) {
        retired.add(versionArn);
    }

    @Override
    public void provision(RunnableVersion version, int environments) {
        provisioned.add(version.version() + "=" + environments);
    }

    @Override
    public Isolation isolation() {
        return new Isolation("scripted", "scripted", 1, false);
    }

    @Override
    public void close() {
        closed = true;
    }
}
