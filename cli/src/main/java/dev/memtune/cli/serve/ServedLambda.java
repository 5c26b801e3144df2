// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.serve;

import dev.memtune.local.admin.Admin;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.model.ModelledFunctions;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import dev.memtune.local.service.SteadyClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** An embedded Lambda service whose functions are processes of this machine. */
final class ServedLambda implements AutoCloseable {
    /** The account in ARNs. */
    static final String ACCOUNT = "000000000000";

    private final EmbeddedLambda service;
    private final Isolation isolation;

    private ServedLambda(EmbeddedLambda service, Isolation isolation) {
        this.service = service;
        this.isolation = isolation;
    }

    /**
     * Starts the service; it answers when this returns.
     *
     * @param folder keeps the functions
     * @param port on loopback, 0 for a free one
     * @param log takes a line per call
     * @throws dev.memtune.local.service.DataDirectoryInUse if another service has the folder
     * @throws java.net.BindException if the port is taken
     * @throws IOException if the folder is unusable
     */
    static ServedLambda start(Path folder, int port, FunctionArns arns, Consumer<String> log) throws IOException {
        SteadyClock clock = SteadyClock.system();
        ModelledFunctions runner =
                new ModelledFunctions(new ProcessFunctionRunner(ProcessSettings.defaults()), Thread::sleep, clock);
        try {
            ServiceSettings settings = ServiceSettings.defaults(folder, clock, RandomGenerator.getDefault())
                    .withPort(port)
                    .withArns(arns)
                    .withLog(log);
            return new ServedLambda(
                    administered(EmbeddedLambda.start(settings, runner), runner, settings), runner.isolation());
        } catch (IOException | RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    private static EmbeddedLambda administered(
            EmbeddedLambda service, ModelledFunctions runner, ServiceSettings settings) throws IOException {
        try {
            Admin.attach(service, runner, settings.dataDirectory().resolve("models"), settings.clock());
            return service;
        } catch (IOException | RuntimeException e) {
            service.close();
            throw e;
        }
    }

    URI endpoint() {
        return service.endpoint();
    }

    Isolation isolation() {
        return isolation;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
