// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.subject.TargetReader;
import dev.memtune.cli.subject.TuningInputs;
import dev.memtune.cli.subject.TuningTarget;
import dev.memtune.cli.tuning.LocalTuning;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.ResultFile;
import dev.memtune.cli.tuning.Session;
import dev.memtune.cli.tuning.TuningEnd;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code memtune tune}: one function, here or behind a Lambda endpoint. */
@Command(
        name = "tune",
        description = "Measures a function at several memory sizes and says which is best.",
        footer = {
            "",
            "Examples:",
            "  memtune tune samples/digest-python",
            "  memtune tune ./my-function --runtime python3.12 --handler app.handler --payload '{\"size\": 3}'",
            "  memtune tune my-function --payload @event.json --values 128,256,512 --promote prod",
            "",
            "Exit codes: see 'memtune --help'."
        })
final class TuneCommand implements Callable<Integer> {
    private static final int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
    /** The file name that stands for standard output. */
    private static final String STANDARD_OUTPUT = "-";

    private final Terminal terminal;
    private final Home installation;

    @Parameters(
            paramLabel = "TARGET",
            description =
                    "A folder or zip in the upload layout, any folder with --runtime and --handler (both run on the"
                            + " embedded Lambda service), or a function's name or ARN (looked for where the AWS SDK looks).")
    private String target = "";

    @Mixin
    private final TuneOptions options = new TuneOptions();

    TuneCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.json().ifPresent(TuneCommand::requireWritable);
        TuningTarget subject =
                new TargetReader(Path.of("").toAbsolutePath()).read(target, options.runtime(), options.handler());
        TuningInputs.Wishes wishes = wishes();
        Home home = options.data().map(installation::withState).orElse(installation);
        TuningEnd end =
                switch (subject) {
                    case TuningTarget.Local local -> tuneLocal(local, wishes, home);
                    case TuningTarget.Deployed deployed -> tuneDeployed(deployed, wishes, home);
                };
        return end.outcome().exitCode();
    }

    private TuningEnd tuneLocal(TuningTarget.Local local, TuningInputs.Wishes wishes, Home home)
            throws IOException, InterruptedException {
        ObjectNode input = applied(TuningInputs.forAlgorithm(local.algorithm(), wishes));
        OptionNames.check(input);
        try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            LocalTuning tuning = LocalTuning.of(host, home, terminal);
            return finish(
                    local.name(), tuning.session(), tuning.tune(local.algorithm(), input, Map.of(), options.quiet()));
        }
    }

    private TuningEnd tuneDeployed(TuningTarget.Deployed deployed, TuningInputs.Wishes wishes, Home home)
            throws IOException, InterruptedException {
        ObjectNode input = applied(TuningInputs.forDeployed(deployed.name(), wishes));
        if (wishes.payload().isEmpty()) {
            throw new BadInput(List.of(new Problem(
                    "--payload",
                    "must be given for a deployed function, because its invocations have real effects",
                    "nothing",
                    "Give an event, at least --payload '{}'; if a folder or zip was meant: there is none at "
                            + deployed.name())));
        }
        OptionNames.check(input);
        requireSomebodyToAsk();
        try (LambdaClients clients = Workbench.defaultClients();
                AwsReportSource logs = Workbench.defaultLogs()) {
            Ports ports = Workbench.deployed(clients, logs, home, terminal);
            requireFunction(ports, deployed.name());
            requireConsent(deployed.name(), input);
            Session session = new Session(ports, terminal, RandomGenerator.getDefault());
            return finish(deployed.name(), session, session.tune(input, options.quiet(), Map.of()));
        }
    }

    private ObjectNode applied(ObjectNode input) {
        return options.apply() ? input.put("autoOptimize", true) : input;
    }

    private void requireSomebodyToAsk() {
        if (!options.yes() && !terminal.interactive()) {
            throw new BadInput(List.of(new Problem(
                    "--yes",
                    "must be given when nobody can be asked",
                    "nothing",
                    "Add --yes to go on without a question")));
        }
    }

    /** One read before anything is asked or begun: a wrong name, region or account is told apart at once. */
    static void requireFunction(Ports ports, String function) {
        try {
            String name = FunctionReference.parse(function).orElseThrow().unqualified();
            ports.control().configuration(name, FunctionConfiguration.LATEST);
        } catch (LambdaFault.NotFound e) {
            throw new BadInput(List.of(new Problem(
                    "TARGET",
                    "must be a folder or zip that is there, or a function of this account and region",
                    function,
                    "Check the name, AWS_REGION and AWS_PROFILE")));
        }
    }

    private void requireConsent(String function, JsonNode input) {
        terminal.err()
                .println("memtune: about to tune " + function + ": " + TuningInputs.extent(input)
                        + " with real effects and at your cost. Its $LATEST gets each size for a moment, to publish a"
                        + " version, and then its own back; everything else of it stays as it is.");
        if (!options.yes() && !terminal.confirm("Go on?")) {
            throw new BadInput(List.of(new Problem("answer", "must be y to go on", "no", "Nothing was touched")));
        }
    }

    private TuningEnd finish(String function, Session session, TuningEnd end) throws IOException {
        Optional<Path> json = options.json();
        boolean jsonToOut = json.isPresent() && json.get().toString().equals(STANDARD_OUTPUT);
        if (!jsonToOut || !end.outcome().isSuccess()) {
            session.print(function, end, !jsonToOut);
        }
        if (jsonToOut) {
            terminal.out().print(ResultFile.of(end));
        } else if (json.isPresent()) {
            Files.writeString(json.get(), ResultFile.of(end));
        }
        return end;
    }

    /** Before anything runs: an answer that cannot be kept is not worth its invocations. */
    private static void requireWritable(Path file) {
        if (file.toString().equals(STANDARD_OUTPUT)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean exists = Files.exists(file);
        boolean writable = exists
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw new BadInput(List.of(new Problem(
                    "--json",
                    "must name a file that can be written, in a folder that is there",
                    file.toString(),
                    "Make the folder, or give - for standard output")));
        }
    }

    private TuningInputs.Wishes wishes() {
        SearchOptions search = options.search();
        ObjectNode members = options.limits().members();
        members.setAll(options.money().members());
        search.weight()
                .ifPresent(weight ->
                        members.set("balancedWeight", Quantity.number(weight).node()));
        if (search.useLogs()) {
            members.put("useLogs", true);
        }
        return new TuningInputs.Wishes(
                search.values(),
                search.num(),
                search.policy(),
                search.strategy(),
                options.payload().map(TuneCommand::payload),
                options.parallel(),
                options.promote(),
                members);
    }

    static JsonNode payload(String text) {
        try {
            return Json.tree(text.startsWith("@") ? file(text.substring(1)) : text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new BadInput(List.of(new Problem(
                    "--payload",
                    "must be JSON, or @ and the name of a file with JSON",
                    String.valueOf(e.getMessage()),
                    "Mend the JSON; quote it for the shell")));
        }
    }

    private static byte[] file(String name) {
        Path file = Path.of(name);
        try {
            if (Files.size(file) > MAX_PAYLOAD_BYTES) {
                throw new BadInput(List.of(new Problem(
                        "--payload",
                        "must have at most 6 MB, as Lambda takes",
                        Files.size(file) + " bytes",
                        "Give a smaller event")));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BadInput(List.of(
                    new Problem("--payload", "must name a readable file after the @", name, "Check the path: " + e)));
        }
    }
}
