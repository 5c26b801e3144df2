// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.tuning.Session;
import dev.memtune.cli.tuning.TuningEnd;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.CheckInput.Undecided;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.Json;
import dev.memtune.report.CheckJUnit;
import dev.memtune.report.CheckMarkdown;
import dev.memtune.report.CheckText;
import dev.memtune.report.TuningText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes what a check found to where the options want it. */
final class CheckOutput {
    private final Terminal terminal;
    private final CheckOptions options;

    CheckOutput(Terminal terminal, CheckOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /** Before anything runs: an answer that cannot be kept is not worth its invocations. */
    void requireWritable() {
        options.junit().ifPresent(file -> requireWritable("--junit", file));
        options.markdown().ifPresent(file -> requireWritable("--markdown", file));
    }

    private static void requireWritable(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean writable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw new BadInput(List.of(new Problem(
                    option,
                    "must name a file that can be written, in a folder that is there",
                    file.toString(),
                    "Make the folder")));
        }
    }

    /** Writes everything. Returns the exit code. */
    int write(String function, Session session, TuningEnd end) throws IOException {
        Optional<CheckResult> result = session.checked(end);
        if (options.json()) {
            terminal.out().print(document(result, end));
        } else {
            result.ifPresent(one -> CheckText.of(one).forEach(terminal.out()::println));
        }
        if (options.junit().isPresent()) {
            Files.writeString(
                    options.junit().get(),
                    result.map(CheckJUnit::of).orElseGet(() -> CheckJUnit.ofError(function, end.cause())));
        }
        if (options.markdown().isPresent()) {
            String text = result.map(CheckMarkdown::of).orElseGet(() -> CheckMarkdown.ofError(function, end.cause()));
            Files.writeString(options.markdown().get(), text);
        }
        say(function, result, end);
        return end.outcome().exitCode();
    }

    /** What the result does not say by itself. */
    private void say(String function, Optional<CheckResult> result, TuningEnd end) {
        boolean isSaid =
                result.isPresent() && (end.outcome() == Outcome.REJECTED || end.outcome() == Outcome.UNDECIDED);
        boolean isWarning = result.filter(one -> one.verdict() == CheckVerdict.UNDECIDED)
                .filter(one -> one.undecided() == Undecided.WARN)
                .isPresent();
        if (!end.outcome().isSuccess() && end.outcome() != Outcome.INTERRUPTED && !isSaid) {
            terminal.err().println("memtune: " + TuningText.failure(end.outcome(), function, end.cause()));
        } else if (isWarning && end.outcome().isSuccess()) {
            terminal.err().println("memtune: warning: the check is undecided, and counts as passed");
        }
    }

    private static String document(Optional<CheckResult> result, TuningEnd end) {
        ObjectNode document = result.map(one -> Json.mapper().<ObjectNode>valueToTree(one))
                .orElseGet(() -> Json.mapper().createObjectNode().put("runId", end.runId()));
        document.put("exitCode", end.outcome().exitCode());
        if (!end.cause().isEmpty()) {
            document.put("cause", end.cause());
        }
        return document.toPrettyString() + "\n";
    }
}
