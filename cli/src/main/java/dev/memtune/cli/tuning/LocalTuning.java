// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.port.LambdaFault;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deploys an algorithm to the embedded service and tunes it there. */
public final class LocalTuning {
    private final EmbeddedHost host;
    private final Session session;

    private LocalTuning(EmbeddedHost host, Session session) {
        this.host = host;
        this.session = session;
    }

    /**
     * On a host that this process has for itself. Runs that an earlier process left behind are cleaned up first: nobody else
     * can be working on them.
     */
    public static LocalTuning of(EmbeddedHost host, Home home, Terminal terminal) throws IOException {
        Ports ports = Workbench.embedded(host, home, terminal);
        Workbench.sweep(ports, run -> true)
                .forEach(swept -> terminal.err().println("memtune: cleaned up after run " + swept.runId()));
        return new LocalTuning(host, new Session(ports, terminal, RandomGenerator.getDefault()));
    }

    /** The session on the host. */
    public Session session() {
        return session;
    }

    /**
     * Deploys and tunes.
     *
     * @param variables environment variables besides the algorithm's own
     * @throws NotTunable if this machine lacks the runtime
     */
    public TuningEnd tune(AlgorithmPackage algorithm, ObjectNode input, Map<String, String> variables, boolean quiet)
            throws InterruptedException {
        host.missing(algorithm).ifPresent(reason -> {
            throw new NotTunable(algorithm.name() + " cannot run on this machine: " + reason);
        });
        try {
            host.deploy(algorithm, PowerValue.MIN_MB, variables);
        } catch (LambdaFault e) {
            throw new NotTunable(algorithm.name() + " cannot be deployed to the embedded service: " + e.getMessage());
        }
        return session.tune(input, quiet, HostNotes.of(host));
    }
}
