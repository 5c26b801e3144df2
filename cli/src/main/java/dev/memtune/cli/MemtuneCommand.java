// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code memtune} itself: only help and version; without a command it says what there is. */
@Command(
        name = "memtune",
        versionProvider = Version.class,
        description = "Finds the memory size at which an AWS Lambda function costs least or runs fastest,"
                + " proves it by measurement, and moves its alias there safely.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes:",
            "  0    promoted, passed, or kept because nothing was to be changed",
            "  1    an unexpected error of ours",
            "  2    wrong usage or bad input; nothing was touched",
            "  3    rejected: a gate failed, or the function does not pass at any size",
            "  4    undecided",
            "  5    busy: another run holds the function",
            "  6    failed; the function is as it was before",
            "  7    failed, and 'memtune clean' is needed; the message has the exact command",
            "  130  interrupted; the function is as it was before",
            "",
            "Start with:  memtune demo"
        })
final class MemtuneCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli itself acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("unused") // picocli itself acts on it
    private boolean version;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
