// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.core.failure.Problem;
import dev.memtune.core.run.Outcome;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in one line, with the nearest name where one was mistyped. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final int SUGGESTIONS_MAX = 2;
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        String help = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
        problems(error, capital(help)).forEach(problem -> command.getErr().println("memtune: " + problem));
        return Outcome.BAD_INPUT.exitCode();
    }

    private static List<String> problems(ParameterException error, String help) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return List.of(unmatched(unmatched, help).toString());
        }
        if (error instanceof MissingParameterException missing) {
            return missing.getMissing().stream()
                    .map(argument -> new Problem(label(argument), "must be given", "nothing", help).toString())
                    .toList();
        }
        ArgSpec argument = error.getArgSpec();
        if (argument != null && isOfAnotherForm(error)) {
            String rule = NUMBERS.contains(argument.type()) ? "must be a whole number" : "must have another form";
            return List.of(new Problem(label(argument), rule, String.valueOf(error.getValue()), help).toString());
        }
        return List.of(error.getMessage() + ". " + help);
    }

    /** Picocli has no exception of its own for a value that its type does not take. */
    private static boolean isOfAnotherForm(ParameterException error) {
        return error.getClass() == ParameterException.class
                && String.valueOf(error.getMessage()).startsWith("Invalid value for ");
    }

    /** Only the first: what follows an unknown option may well have been its value. */
    private static Problem unmatched(UnmatchedArgumentException error, String help) {
        String first = error.getUnmatched().getFirst();
        boolean option = first.startsWith("-");
        boolean command = !option && !error.getCommandLine().getSubcommands().isEmpty();
        List<String> nearest = error.getSuggestions().stream()
                .map(suggestion -> suggestion.replaceAll("=.*", ""))
                .limit(SUGGESTIONS_MAX)
                .toList();
        String question = nearest.isEmpty() ? "" : "Did you mean " + String.join(" or ", nearest) + "? ";
        String rule = option || command ? "must be a known one" : "must not be there";
        return new Problem(option ? "option" : command ? "command" : "argument", rule, first, question + help);
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String capital(String help) {
        return Character.toUpperCase(help.charAt(0)) + help.substring(1);
    }
}
