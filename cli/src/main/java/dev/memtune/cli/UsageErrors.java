// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.core.run.Outcome;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in one line, with the nearest name where one was mistyped. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        command.getErr().println("memtune: " + error.getMessage());
        List<String> nearest = nearest(error);
        if (!nearest.isEmpty()) {
            command.getErr().println("memtune: did you mean " + String.join(" or ", nearest) + "?");
        }
        command.getErr().println("memtune: see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return Outcome.BAD_INPUT.exitCode();
    }

    private static List<String> nearest(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched)) {
            return List.of();
        }
        return unmatched.getSuggestions().stream()
                .map(suggestion -> suggestion.replaceAll("=.*", ""))
                .limit(2)
                .toList();
    }
}
