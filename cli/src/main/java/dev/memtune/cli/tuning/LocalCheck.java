// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.LambdaFault;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Deploys what a check compares to the embedded service, and checks it there. */
public final class LocalCheck {
    private static final int USUAL_MB = 1024;

    private final EmbeddedHost host;
    private final Ports ports;
    private final Session session;

    private LocalCheck(EmbeddedHost host, Ports ports, Session session) {
        this.host = host;
        this.ports = ports;
        this.session = session;
    }

    /** On a host that this process has for itself; runs that an earlier process left behind are cleaned up first. */
    public static LocalCheck of(EmbeddedHost host, Home home, Terminal terminal) throws IOException {
        Ports ports = Workbench.embedded(host, home, terminal);
        Workbench.sweep(ports, run -> true)
                .forEach(swept -> terminal.err().println("memtune: cleaned up after run " + swept.runId()));
        return new LocalCheck(host, ports, new Session(ports, terminal, RandomGenerator.getDefault()));
    }

    /** The session on the host. */
    public Session session() {
        return session;
    }

    /**
     * Publishes an algorithm as a version to compare with.
     *
     * @param function the name that the candidate has
     * @return the version
     */
    public String publish(AlgorithmPackage algorithm, String function, OptionalInt memoryMB)
            throws InterruptedException {
        deploy(algorithm, function, memoryMB.orElse(USUAL_MB));
        FunctionConfiguration latest = ports.control().configuration(function, FunctionConfiguration.LATEST);
        return ports.control()
                .publishVersion(function, latest.codeSha256(), latest.revisionId(), "baseline of a check")
                .version();
    }

    /**
     * Deploys the candidate and checks it.
     *
     * @param baseline an alias or a version of the function, for the memory size if none is given
     */
    public TuningEnd check(
            AlgorithmPackage algorithm, String baseline, OptionalInt memoryMB, ObjectNode input, boolean quiet)
            throws InterruptedException {
        int size = memoryMB.isPresent() ? memoryMB.getAsInt() : memoryOf(algorithm.name(), baseline);
        deploy(algorithm, algorithm.name(), size);
        return session.tune(input, quiet, Map.of());
    }

    private int memoryOf(String function, String baseline) {
        try {
            return ports.control().configuration(function, baseline).memoryMB();
        } catch (LambdaFault.NotFound e) {
            throw new NotTunable(
                    "there is no " + baseline + " of " + function + " on the embedded service; tune it with"
                            + " --promote " + baseline + " first, or name a folder to compare with");
        }
    }

    private void deploy(AlgorithmPackage algorithm, String function, int memoryMB) throws InterruptedException {
        host.missing(algorithm).ifPresent(reason -> {
            throw new NotTunable(algorithm.name() + " cannot run on this machine: " + reason);
        });
        try {
            host.deploy(algorithm, function, memoryMB);
        } catch (LambdaFault e) {
            throw new NotTunable(algorithm.name() + " cannot be deployed to the embedded service: " + e.getMessage());
        }
    }
}
