// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A service to be killed: starts a function that starts a child, prints both process ids and waits. */
public final class KilledService {
    private static final String FUNCTION = """
            import os, subprocess
            def handler(event, context):
                child = subprocess.Popen(['sleep', '1000'], start_new_session=True)
                return [os.getpid(), child.pid]
            """;

    private KilledService() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the means of the CPU share, a folder for everything
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[1]);
        ProcessSettings settings = ProcessSettings.defaults().withCpu(CpuMeans.of(arguments[0]));
        try (ProcessFunctionRunner runner = new ProcessFunctionRunner(settings)) {
            FunctionFixture functions = new FunctionFixture(runner, folder);
            System.out.println(
                    functions.invoke(functions.python(FUNCTION), "{}").payload());
            new CountDownLatch(1).await();
        }
    }
}
