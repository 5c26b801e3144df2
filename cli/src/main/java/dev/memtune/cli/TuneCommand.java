// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cli.account.AccountOptions;
import dev.memtune.cli.account.AccountTuning;
import dev.memtune.cli.account.Consent;
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
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memtune tune}: one function, here or behind a Lambda endpoint. */
@Command(
        name = "tune",
        description = "Measures a function at several memory sizes and says which is best.",
        footer = {
            "",
            "Examples:",
            "  memtune tune samples/digest-python",
            "  memtune tune ./my-function --runtime python3.12 --handler app.handler --payload '{\"size\": 3}'",
            "  memtune tune my-function --payload @event.json --plan",
            "  memtune tune --input input.json --profile team-a --yes",
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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            description =
                    "A folder or zip in the upload layout, any folder with --runtime and --handler (both run on the"
                            + " embedded Lambda service), a function's name or ARN (in an account), or @FILE: the same"
                            + " as --input FILE.")
    private String target = "";

    @Mixin
    private final TuneOptions options = new TuneOptions();

    @Mixin
    private final PlanOptions asked = new PlanOptions();

    @ArgGroup(validate = false, order = 10, heading = "%nThe invocations:%n")
    private final ProcedureOptions procedure = new ProcedureOptions();

    @ArgGroup(validate = false, order = 11, heading = "%nThe account:%n")
    private final AccountOptions account = new AccountOptions();

    TuneCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.json().ifPresent(TuneCommand::requireWritable);
        TuningInputs.Wishes wishes = wishes();
        Home home = options.state().home(installation);
        Optional<ObjectNode> file = asked.file(target);
        if (target.isEmpty() && file.isEmpty()) {
            throw new MissingParameterException(
                    spec.commandLine(), spec.positionalParameters().getFirst(), "TARGET is missing");
        }
        if (target.isEmpty() || PlanOptions.isFile(target)) {
            return tuneFile(file.orElseThrow(), "", wishes, home);
        }
        TuningTarget subject =
                new TargetReader(Path.of("").toAbsolutePath()).read(target, options.runtime(), options.handler());
        return switch (subject) {
            case TuningTarget.Local local ->
                tuneLocal(local, TuningInputs.forAlgorithm(local.algorithm(), file, wishes), home);
            case TuningTarget.Deployed deployed -> tuneNamed(deployed.name(), file, wishes, home);
        };
    }

    private int tuneNamed(String function, Optional<ObjectNode> file, TuningInputs.Wishes wishes, Home home)
            throws IOException, InterruptedException {
        if (file.isPresent()) {
            return tuneFile(file.get(), function, wishes, home);
        }
        ObjectNode input = applied(TuningInputs.forDeployed(function, wishes));
        requirePayload(input);
        return tuneDeployed(input, OptionNames.check(input), home);
    }

    private int tuneFile(ObjectNode file, String function, TuningInputs.Wishes wishes, Home home)
            throws IOException, InterruptedException {
        ObjectNode input = applied(TuningInputs.forFile(file, function, wishes));
        return tuneDeployed(input, TuningInputReader.read(input, 0), home);
    }

    private int tuneLocal(TuningTarget.Local local, ObjectNode unapplied, Home home)
            throws IOException, InterruptedException {
        ObjectNode input = applied(unapplied);
        TuningInput checked = OptionNames.check(input);
        requireNoRole(checked.terms().assumeRoleArn());
        if (asked.plan()) {
            LocalPlan plan = new LocalPlan(local.name(), checked);
            return showPlan(List.of(plan.line()), plan.document());
        }
        try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            LocalTuning tuning = LocalTuning.of(host, home, terminal);
            return finish(
                            local.name(),
                            tuning.session(),
                            tuning.tune(
                                    local.algorithm(),
                                    input,
                                    Map.of(),
                                    options.dialogue().quiet()))
                    .outcome()
                    .exitCode();
        }
    }

    private int tuneDeployed(ObjectNode input, TuningInput checked, Home home)
            throws IOException, InterruptedException {
        Consent consent = new Consent(terminal, options.dialogue().yes() || asked.plan());
        consent.requirePossible("Add --yes to go on without a question, or --plan to see what would be done");
        Endpoint endpoint = account.endpoint(checked.function(), checked.terms().assumeRoleArn());
        try (LambdaClients clients = LambdaClients.of(endpoint);
                AwsReportSource logs = Workbench.logs(endpoint)) {
            Ports ports = Workbench.deployed(clients, logs, endpoint, home, terminal);
            AccountTuning tuning = AccountTuning.of(ports, clients, checked);
            if (asked.plan()) {
                return showPlan(tuning.planLines(), tuning.planDocument());
            }
            tuning.requireReady(consent);
            Session session = new Session(ports, terminal, RandomGenerator.getDefault());
            return finish(
                            checked.function(),
                            session,
                            session.tune(input, options.dialogue().quiet(), Map.of()))
                    .outcome()
                    .exitCode();
        }
    }

    private int showPlan(List<String> lines, ObjectNode document) throws IOException {
        Optional<Path> json = options.json();
        if (json.isPresent() && json.get().toString().equals(STANDARD_OUTPUT)) {
            terminal.out().println(document.toPrettyString());
            return Outcome.KEPT.exitCode();
        }
        lines.forEach(terminal.out()::println);
        if (json.isPresent()) {
            Files.writeString(json.get(), document.toPrettyString() + "\n");
        }
        return Outcome.KEPT.exitCode();
    }

    private static void requirePayload(ObjectNode input) {
        if (!input.has("payload") && !input.has("payloadS3")) {
            throw Consent.withoutPayload(input.path("lambdaARN").asText());
        }
    }

    private static void requireNoRole(@Nullable String roleArn) {
        if (roleArn != null) {
            throw new BadInput(List.of(new Problem(
                    "assumeRoleArn", "must not be there for code that runs on this machine", roleArn, "Remove it")));
        }
    }

    private ObjectNode applied(ObjectNode input) {
        options.payload().filter(TuneCommand::isInS3).ifPresent(location -> input.put("payloadS3", location));
        ObjectNode whole = procedure.applied(input);
        return options.apply() ? whole.put("autoOptimize", true) : whole;
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
                options.payload().filter(text -> !isInS3(text)).map(TuneCommand::payload),
                options.parallel(),
                options.promote(),
                members);
    }

    private static boolean isInS3(String payload) {
        return payload.startsWith("s3://");
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
            throw new BadInput(List.of(new Problem(
                    "--payload",
                    "must name a readable file after the @",
                    name,
                    "Check the path: " + FileTrouble.words(e))));
        }
    }
}
