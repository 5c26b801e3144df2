// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.prices.PriceFile;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune logs}: reads reports out of a log. */
@Command(
        name = "logs",
        description =
                "Reads the reports out of any log of Lambda functions: a CloudWatch export, what 'aws logs tail' prints, a"
                        + " pasted console, the raw tail of an Invoke. Prints one line per invocation and a summary per"
                        + " memory size.",
        footer = {
            "",
            "Exit codes: 0 the log was read, 2 bad usage or an unreadable file, 4 no report of the request id."
        })
public final class LogsCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{2,16}){1,3}-\\d{1,2}");

    private final Terminal terminal;
    private final PriceFile prices;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The log; - or nothing for standard input.",
            defaultValue = STANDARD_INPUT)
    private String file = STANDARD_INPUT;

    @Option(
            names = "--json",
            description = "Prints one JSON object per report and line, and at the end one with what could not be read.")
    private boolean json;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "Takes the report of this invocation only; the last one if it was retried.")
    private @Nullable String requestId;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The region whose rates are applied. Default: us-east-1.",
            defaultValue = PriceTable.DEFAULT_REGION)
    private String region = PriceTable.DEFAULT_REGION;

    @Option(
            names = "--architecture",
            paramLabel = "A",
            description = "x86_64 or arm64, for the rates. Default: x86_64.",
            defaultValue = "x86_64")
    private String architecture = "x86_64";

    /** For this terminal, with the rates of this home. */
    public LogsCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.prices = PriceFile.of(home);
    }

    @Override
    public Integer call() {
        Price price = price();
        try (InputStream log = open()) {
            return answer(LogInput.of(log), price).exitCode();
        } catch (IOException e) {
            throw bad(
                    "FILE", "must be a readable file, or - for standard input", file, "Check its name and its rights");
        } catch (OutputClosed e) {
            return Outcome.KEPT.exitCode();
        }
    }

    private Outcome answer(LogInput log, Price price) throws IOException {
        try (LineOutput lines = new LineOutput(terminal.out())) {
            LogOutput output = json ? new JsonOutput(lines) : new TextOutput(lines, price);
            if (requestId != null) {
                return one(log.search(requestId), output);
            }
            output.end(log.read(output::report));
            return Outcome.KEPT;
        }
    }

    private Outcome one(LogInput.Search search, LogOutput output) {
        Outcome outcome =
                switch (search.lookup()) {
                    case ReportLookup.Found found -> {
                        output.report(found.report());
                        yield Outcome.KEPT;
                    }
                    case ReportLookup.Missing missing -> {
                        terminal.err().println("memtune: no report of this invocation: " + missing.detail());
                        yield Outcome.UNDECIDED;
                    }
                };
        if (json) {
            output.end(search.summary());
        }
        return outcome;
    }

    private InputStream open() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return terminal.in();
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (InvalidPathException e) {
            throw new IOException("this cannot be the name of a file", e);
        }
    }

    private Price price() {
        if (!REGION.matcher(region).matches()) {
            throw bad("--region", "must be a region such as eu-central-1", region, "Give the function's region");
        }
        return prices.table().price(region, architecture());
    }

    private Architecture architecture() {
        try {
            return Architecture.parse(architecture);
        } catch (IllegalArgumentException e) {
            throw bad("--architecture", "must be x86_64 or arm64", architecture, "Give the function's architecture");
        }
    }

    private static BadInput bad(String field, String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem(field, rule, received, remedy)));
    }
}
