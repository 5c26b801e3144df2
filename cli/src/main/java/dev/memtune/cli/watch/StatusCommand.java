// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune status}: how far uploads have come. */
@Command(
        name = "status",
        description = "Says how far the algorithms of a watched folder, or of a deployed stack, have come, or"
                + " everything about one.",
        footer = {
            "",
            "Examples:",
            "  memtune status",
            "  memtune status my-algorithm --json",
            "  memtune status --stack memtune --region eu-central-1",
            "",
            "Exit codes: 0, 2 if there is no such algorithm, folder or stack, 6 if AWS does not answer."
        })
public final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "One algorithm. Default: all, a line each.")
    private String name = "";

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Option(names = "--json", description = "Writes one JSON document to standard output instead of a table.")
    private boolean json;

    /** For this terminal and home. */
    public StatusCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (name.isEmpty()) {
            List<AlgorithmItem> items = registry.all(home);
            print(items, StatusText.table(items));
        } else {
            AlgorithmItem item = registry.item(home, name);
            print(item, StatusText.details(item));
        }
        return Outcome.KEPT.exitCode();
    }

    private void print(Object document, List<String> lines) {
        if (json) {
            terminal.out().println(Json.mapper().valueToTree(document).toPrettyString());
        } else {
            lines.forEach(terminal.out()::println);
        }
    }
}
