// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.subject.TargetReader;
import dev.memtune.cli.subject.TuningInputs;
import dev.memtune.cli.subject.TuningTarget;
import dev.memtune.cli.tuning.LocalTuning;
import dev.memtune.cli.tuning.TuningEnd;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memtune demo}: every sample on an embedded service that is thrown away afterwards. */
@Command(
        name = "demo",
        description =
                "Tunes the bundled samples on the embedded Lambda service and moves their prod aliases. Needs no AWS"
                        + " account and leaves nothing behind.",
        footer = {"", "Exit codes: see 'memtune --help'."})
public final class DemoCommand implements Callable<Integer> {
    private static final String ALIAS = "prod";

    private final Terminal terminal;
    private final Home installation;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints the results only, no progress.")
    private boolean quiet;

    /** For this terminal and installation. */
    public DemoCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("memtune-demo-");
        Home home = new Home(installation.installation(), state);
        try (SlowDependency dependency =
                        SlowDependency.start(duration -> Thread.sleep(Duration.ofNanos(duration.toNanos())));
                EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            Map<String, String> variables =
                    Map.of("DEPENDENCY_URL", dependency.endpoint().toString());
            LocalTuning tuning = LocalTuning.of(host, home, terminal);
            List<Outcome> outcomes = new ArrayList<>();
            for (AlgorithmPackage sample : samples()) {
                tune(sample, host, tuning, variables).ifPresent(outcomes::add);
            }
            return worst(outcomes).exitCode();
        } finally {
            Folders.delete(state);
        }
    }

    private Optional<Outcome> tune(
            AlgorithmPackage sample, EmbeddedHost host, LocalTuning tuning, Map<String, String> variables)
            throws InterruptedException {
        Optional<String> missing = host.missing(sample);
        if (missing.isPresent()) {
            terminal.err().println("memtune: skipped " + sample.name() + ": " + missing.get());
            return Optional.empty();
        }
        ObjectNode input = TuningInputs.forAlgorithm(sample, Optional.empty(), TuningInputs.Wishes.promoting(ALIAS));
        TuningEnd end = tuning.tune(sample, input, variables, quiet);
        tuning.session().print(sample.name(), end, true);
        terminal.out().println();
        return Optional.of(end.outcome());
    }

    private List<AlgorithmPackage> samples() throws IOException {
        TargetReader reader = new TargetReader(installation.installation());
        List<AlgorithmPackage> samples = new ArrayList<>();
        try (Stream<Path> folders = Files.list(installation.installation().resolve("samples"))) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("metadata.json"))
                        && reader.read(folder.toString(), Optional.empty(), Optional.empty())
                                instanceof TuningTarget.Local local) {
                    samples.add(local.algorithm());
                }
            }
        }
        return samples;
    }

    private static Outcome worst(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !outcome.isSuccess())
                .findFirst()
                .orElse(Outcome.KEPT);
    }
}
