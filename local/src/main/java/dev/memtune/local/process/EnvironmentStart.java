// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The start of an environment: its folder, Runtime API, confinement and process, or, if one of these fails, nothing at all.
 *
 * @param host where the environment comes from
 * @param version what it runs
 * @param name unique in the service and fit for a file name
 */
record EnvironmentStart(Host host, RunnableVersion version, String name) {
    /** What environments share. */
    record Host(ProcessSettings settings, Path folder, Launch launch, Confiner confiner, Warden warden) {}

    /**
     * Starts the process; init runs from here.
     *
     * @throws IOException if the process cannot be started; nothing is left of it then
     * @throws NotRun if this machine cannot run the runtime
     */
    Environment run() throws IOException {
        Launch.Command command = host.launch().command(version);
        Teardown teardown = new Teardown();
        try {
            return started(command, teardown);
        } catch (IOException | RuntimeException e) {
            teardown.close();
            throw e;
        }
    }

    private Environment started(Launch.Command command, Teardown teardown) throws IOException {
        Path folder = host.folder().resolve(name);
        teardown.add("Deleting an environment's folder", () -> Folders.delete(folder));
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        Confinement confinement = host.confiner().confine(name, new CpuShare(version.memoryMB()));
        teardown.add("Ending an environment's processes", confinement::close);
        IdleFreeze freeze = new IdleFreeze(confinement);
        RuntimeEndpoint endpoint = new RuntimeEndpoint(events, freeze);
        teardown.add("Ending an environment's Runtime API", endpoint::close);
        long startedNanos = System.nanoTime();
        FunctionVariables variables =
                new FunctionVariables(version, name, host.settings().clock().instant());
        Process process = process(confinement.joining(command.words()), variables, endpoint.address(), temporary);
        teardown.add("Killing an environment's first process", () -> kill(process));
        OutputCapture output = new OutputCapture(host.settings().outputLimitBytes());
        output.start(process.getInputStream(), name);
        host.warden().watch(process.pid());
        confinement.attach(process.pid());
        return new Environment(
                version,
                name,
                new Environment.Parts(
                        command,
                        endpoint,
                        events,
                        freeze,
                        confinement,
                        process,
                        output,
                        teardown,
                        startedNanos,
                        variables.logStream()));
    }

    private Process process(List<String> words, FunctionVariables variables, String runtimeApi, Path temporary)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(host.warden().inOwnGroup(words));
        builder.directory(version.codeDirectory().toFile()).redirectErrorStream(true);
        variables.fill(builder.environment(), runtimeApi, temporary);
        builder.environment().put(Marker.NAME, Marker.value(name));
        return builder.start();
    }

    private void kill(Process process) {
        process.destroyForcibly();
        host.warden().forget(process.pid());
    }
}
