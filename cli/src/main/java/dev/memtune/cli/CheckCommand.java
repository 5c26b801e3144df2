// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cli.account.AccountOptions;
import dev.memtune.cli.account.AccountTuning;
import dev.memtune.cli.account.Consent;
import dev.memtune.cli.demo.Folders;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.subject.TargetReader;
import dev.memtune.cli.subject.TuningTarget;
import dev.memtune.cli.tuning.LocalCheck;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Session;
import dev.memtune.cli.tuning.TuningEnd;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code memtune check}: may a version take the place of another? */
@Command(
        name = "check",
        description =
                "Measures a candidate against a baseline until every gate is settled or the invocations are spent,"
                        + " and answers pass, fail or undecided by a statistical test.",
        footer = {
            "",
            "Examples:",
            "  memtune check my-function --baseline prod --payload @event.json --promote-on-pass prod --yes",
            "  memtune check my-function:7 --baseline prod --payload '{}' --max-cost-increase 5%% --p95 300ms",
            "  memtune check ./new --baseline ./old --junit check.xml --markdown check.md",
            "",
            "Exit codes: 0 passed, 3 a gate failed, 4 undecided; the others see 'memtune --help'."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int LOCAL_CONCURRENCY = 4;

    private final Terminal terminal;
    private final Home installation;

    @Parameters(
            paramLabel = "TARGET",
            description = "The candidate: a function's name or ARN ($LATEST is checked), with a version or an alias"
                    + " behind a colon, or a folder or zip, which runs on the embedded Lambda service.")
    private String target = "";

    @Mixin
    private final CheckOptions options = new CheckOptions();

    @ArgGroup(validate = false, order = 10, heading = "%nThe account:%n")
    private final AccountOptions account = new AccountOptions();

    CheckCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CheckOutput output = new CheckOutput(terminal, options);
        output.requireWritable();
        TuningTarget subject = target(target);
        Home home = options.state().home(installation);
        return switch (subject) {
            case TuningTarget.Local local -> checkLocal(local, home, output);
            case TuningTarget.Deployed deployed -> checkDeployed(deployed, home, output);
        };
    }

    private TuningTarget target(String text) {
        return new TargetReader(Path.of("").toAbsolutePath()).read(text, options.runtime(), options.handler());
    }

    /** The baseline if it is code on this machine. */
    private Optional<TuningTarget.Local> baselineFolder() {
        String text = options.baseline();
        boolean isPath = text.contains("/") || text.endsWith(".zip") || Files.isDirectory(Path.of(text));
        if (!isPath) {
            return Optional.empty();
        }
        return target(text) instanceof TuningTarget.Local local ? Optional.of(local) : Optional.empty();
    }

    private int checkLocal(TuningTarget.Local candidate, Home home, CheckOutput output)
            throws IOException, InterruptedException {
        Optional<TuningTarget.Local> folder = baselineFolder();
        if (folder.isEmpty()) {
            return checkOn(home, candidate, Optional.empty(), output);
        }
        Path scratch = Files.createTempDirectory("memtune-check-");
        try {
            return checkOn(home.withState(scratch), candidate, folder, output);
        } finally {
            Folders.delete(scratch);
        }
    }

    private int checkOn(
            Home home, TuningTarget.Local candidate, Optional<TuningTarget.Local> folder, CheckOutput output)
            throws IOException, InterruptedException {
        String name = candidate.name();
        // The version is not known yet, and every other rule can be checked before anything is started.
        CheckInputs.requireValid(localInput(candidate, folder.isPresent() ? "1" : options.baseline()));
        OptionalInt memoryMB = memory();
        try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            LocalCheck check = LocalCheck.of(host, home, terminal);
            String baseline =
                    folder.isPresent() ? check.publish(folder.get().algorithm(), name, memoryMB) : options.baseline();
            TuningEnd end = check.check(
                    candidate.algorithm(),
                    baseline,
                    memoryMB,
                    localInput(candidate, baseline),
                    options.dialogue().quiet());
            return output.write(name, check.session(), end);
        }
    }

    private ObjectNode localInput(TuningTarget.Local candidate, String baseline) {
        ObjectNode input = CheckInputs.of(candidate.name(), baseline, options);
        options.payload()
                .ifPresentOrElse(
                        text -> input.set("payload", TuneCommand.payload(text)),
                        () -> CheckInputs.putEvents(input, candidate.algorithm().testEvents()));
        if (!input.has("concurrency")) {
            input.put("concurrency", LOCAL_CONCURRENCY);
        }
        return input;
    }

    private OptionalInt memory() {
        Optional<String> text = options.memory();
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("\\d{3,5}")
                || Integer.parseInt(text.get()) < 128
                || Integer.parseInt(text.get()) > 10_240) {
            throw new BadInput(List.of(new Problem(
                    "--memory", "must be a whole number from 128 to 10240", text.get(), "For example --memory 1024")));
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    private int checkDeployed(TuningTarget.Deployed deployed, Home home, CheckOutput output)
            throws IOException, InterruptedException {
        ObjectNode input = CheckInputs.of(deployed.name(), options.baseline(), options);
        String event = options.payload().orElseThrow(() -> Consent.withoutPayload(deployed.name()));
        input.set("payload", TuneCommand.payload(event));
        CheckInputs.requireValid(input);
        Consent consent = new Consent(terminal, options.dialogue().yes());
        consent.requirePossible("Add --yes to go on without a question");
        Endpoint endpoint = account.endpoint(deployed.name(), null);
        try (LambdaClients clients = LambdaClients.of(endpoint);
                AwsReportSource logs = Workbench.logs(endpoint)) {
            Ports ports = Workbench.deployed(clients, logs, endpoint, home, terminal);
            AccountTuning.requireFunction(ports, deployed.name());
            consent.require(List.of(announcement(deployed.name(), input)));
            Session session = new Session(ports, terminal, RandomGenerator.getDefault());
            return output.write(
                    deployed.name(),
                    session,
                    session.tune(input, options.dialogue().quiet(), Map.of()));
        }
    }

    private String announcement(String function, ObjectNode input) {
        return "about to check " + function + " against " + options.baseline() + ": up to "
                + input.path("num").asInt(60) + " invocations of each with real effects and at your cost."
                + " $LATEST is published as a version if it is the candidate; nothing else of the function changes.";
    }
}
