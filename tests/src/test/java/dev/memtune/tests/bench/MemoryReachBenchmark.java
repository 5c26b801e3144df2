// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.local.process.CpuMeans;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.process.RunnableVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How far functions get that take memory, 4 MB at a time, until they are killed: by themselves and in a child process. Per size
 * what they had taken when they said so last, and its part of the memory size.
 *
 * <p>Arguments: the means to force ({@code cgroup1}, {@code duty}, ...).
 */
public final class MemoryReachBenchmark {
    private static final int[] SIZES_MB = {128, 512, 1769};
    private static final String PYTHON = """
            import subprocess, sys
            TAKE = '''
            blocks = []
            for i in range(4096):
                blocks.append(bytearray(4 << 20))
                print('taken', (i + 1) * 4, flush=True)
            '''
            def handler(event, context):
                if event == 'child':
                    return subprocess.run([sys.executable, '-c', TAKE]).returncode
                exec(TAKE)
            """;
    private static final String NODE = """
            const { spawnSync } = require('child_process');
            const take = `const blocks = [];
              for (let i = 1; i <= 4096; i++) {
                blocks.push(Buffer.alloc(4 << 20, 1));
                require('fs').writeSync(1, 'taken ' + i * 4 + '\\\\n');
              }`;
            exports.handler = async event =>
              event === 'child' ? spawnSync(process.execPath, ['-e', take], { stdio: 'inherit' }).status : eval(take);
            """;

    private MemoryReachBenchmark() {}

    /** Prints a line per runtime, size and place. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CpuMeans means = CpuMeans.of(arguments.length > 0 ? arguments[0] : "cgroup1");
        try (ProcessFunctionRunner runner =
                new ProcessFunctionRunner(ProcessSettings.defaults().withCpu(means))) {
            System.out.println(runner.isolation().memory());
            System.out.println("runtime        MB  where   taken MB  of the size  ended");
            measure(runner, "python3.12", "app.py", PYTHON);
            measure(runner, "nodejs22.x", "app.js", NODE);
        }
    }

    private static void measure(ProcessFunctionRunner runner, String runtime, String file, String source)
            throws IOException, InterruptedException {
        Path code = Files.createTempDirectory("memtune-bench-memory-");
        Files.writeString(code.resolve(file), source);
        for (int memoryMB : SIZES_MB) {
            for (String where : new String[] {"itself", "child"}) {
                RunnableVersion version = new RunnableVersion(
                        runtime + memoryMB + where,
                        "bench",
                        "1",
                        runtime,
                        "app.handler",
                        code,
                        memoryMB,
                        Duration.ofMinutes(2),
                        Map.of());
                print(runtime, memoryMB, where, invoke(runner, version, where));
            }
        }
    }

    private static InvocationResult invoke(ProcessFunctionRunner runner, RunnableVersion version, String where)
            throws InterruptedException {
        byte[] event = ("\"" + where + "\"").getBytes(StandardCharsets.UTF_8);
        return runner.invoke(version, new Invocation(UUID.randomUUID().toString(), "arn", event, Optional.empty()));
    }

    private static void print(String runtime, int memoryMB, String where, InvocationResult result) {
        String log = new String(result.log(), StandardCharsets.UTF_8);
        int taken = log.lines()
                .filter(line -> line.startsWith("taken "))
                .mapToInt(line ->
                        Integer.parseInt(line.substring("taken ".length()).strip()))
                .max()
                .orElse(0);
        String end = log.replaceAll("(?s).*Error Type: (\\S+).*", "$1");
        System.out.printf(
                Locale.ROOT,
                "%-10s %6d  %-6s %9d %12.2f  %s%n",
                runtime,
                memoryMB,
                where,
                taken,
                (double) taken / memoryMB,
                end.equals(log) ? "answered " + new String(result.payload(), StandardCharsets.UTF_8) : end);
    }
}
