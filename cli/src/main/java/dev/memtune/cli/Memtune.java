// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.aws.AwsPriceList;
import dev.memtune.aws.Endpoint;
import dev.memtune.cli.demo.DemoCommand;
import dev.memtune.cli.logs.LogsCommand;
import dev.memtune.cli.prices.PricesCommand;
import dev.memtune.cli.replay.ReplayCommand;
import dev.memtune.cli.serve.ServeCommand;
import dev.memtune.cli.watch.HistoryCommand;
import dev.memtune.cli.watch.StatusCommand;
import dev.memtune.cli.watch.UploadCommand;
import dev.memtune.cli.watch.WatchCommand;
import dev.memtune.core.run.Outcome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.CommandLine;

/** The entry point of the command line. */
public final class Memtune {
    private static final int HELP_WIDTH = 100;

    private Memtune() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Interrupts.install();
        Terminal terminal = Terminal.ofProcess(Boolean.getBoolean("memtune.interactive"));
        System.exit(run(terminal, Home.ofProcess(), arguments));
    }

    /**
     * Runs a command.
     *
     * @return the exit code, see {@link Outcome}
     */
    public static int run(Terminal terminal, Home home, String... arguments) {
        CommandLine commandLine = new CommandLine(new MemtuneCommand())
                .addSubcommand(new DemoCommand(terminal, home))
                .addSubcommand(new TuneCommand(terminal, home))
                .addSubcommand(new CheckCommand(terminal, home))
                .addSubcommand(new CleanCommand(terminal, home))
                .addSubcommand(new RollbackCommand(terminal, home))
                .addSubcommand(new WatchCommand(terminal, home))
                .addSubcommand(new UploadCommand(terminal))
                .addSubcommand(new StatusCommand(terminal, home))
                .addSubcommand(new HistoryCommand(terminal, home))
                .addSubcommand(new ServeCommand(terminal, home))
                .addSubcommand(new LogsCommand(terminal, home))
                .addSubcommand(new PricesCommand(
                        terminal, home, () -> AwsPriceList.of(new Endpoint.Default()), InstantSource.system()))
                .addSubcommand(new ReplayCommand(terminal))
                .setUsageHelpWidth(HELP_WIDTH)
                // An @ before a value means a file with an event, which is not a file with arguments.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures(terminal));
        return commandLine.execute(arguments);
    }
}
