// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune history}: what has become of one algorithm's uploads. */
@Command(
        name = "history",
        description = "Lists what has become of an algorithm's uploads, oldest first, the last "
                + AlgorithmItem.HISTORY_MAX + " changes.",
        footer = {"", "Exit codes: 0, 2 if there is no such algorithm, folder or stack, 6 if AWS does not answer."})
public final class HistoryCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "NAME", description = "The algorithm.")
    private String name = "";

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Option(names = "--json", description = "Writes one JSON document to standard output instead of lines.")
    private boolean json;

    /** For this terminal and home. */
    public HistoryCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        AlgorithmItem item = registry.item(home, name);
        if (json) {
            terminal.out().println(Json.mapper().valueToTree(item.history()).toPrettyString());
        } else {
            StatusText.history(item).forEach(terminal.out()::println);
        }
        return Outcome.KEPT.exitCode();
    }
}
