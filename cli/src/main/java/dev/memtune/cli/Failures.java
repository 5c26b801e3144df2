// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.failure.TuningFailure;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception that escapes a command into words and an exit code. */
final class Failures implements IExecutionExceptionHandler {
    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        if (error instanceof BadInput badInput) {
            for (Problem problem : badInput.problems()) {
                terminal.err().println("memtune: " + problem);
            }
            return Outcome.BAD_INPUT.exitCode();
        }
        if (error instanceof TuningFailure failure) {
            terminal.err().println("memtune: " + failure.getMessage());
            return outcome(failure).exitCode();
        }
        if (error instanceof LambdaFault fault) {
            terminal.err().println("memtune: " + fault.getMessage());
            return Outcome.FAILED.exitCode();
        }
        terminal.err().println("memtune: unexpected error, which is a defect of ours: " + error);
        error.printStackTrace(terminal.err());
        return Outcome.UNEXPECTED.exitCode();
    }

    private static Outcome outcome(TuningFailure failure) {
        return switch (failure.error()) {
            case "BadInput" -> Outcome.BAD_INPUT;
            case "Busy" -> Outcome.BUSY;
            case "Rejected" -> Outcome.REJECTED;
            case "Undecided" -> Outcome.UNDECIDED;
            default -> Outcome.FAILED;
        };
    }
}
