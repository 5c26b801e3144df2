// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.local.store.StreamCursor;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Reads the stream for people: says on the terminal what has changed, and writes the results of what has ended. */
final class NewsFeed {
    private static final int BATCH = 100;

    private final StreamCursor cursor;
    private final Registry registry;
    private final ResultsWriter results;
    private final WatchedFolder folder;
    private final Terminal terminal;

    NewsFeed(StreamCursor cursor, Registry registry, ResultsWriter results, WatchedFolder folder, Terminal terminal) {
        this.cursor = cursor;
        this.registry = registry;
        this.results = results;
        this.folder = folder;
        this.terminal = terminal;
    }

    /** Tells what there is to tell. @return whether there was anything */
    boolean step() throws IOException {
        List<ItemChange> changes = cursor.next(BATCH);
        for (ItemChange change : changes) {
            tell(change);
            cursor.advance(1);
        }
        return !changes.isEmpty();
    }

    /** Whether everything was told. */
    boolean isIdle() {
        return cursor.next(1).isEmpty();
    }

    private void tell(ItemChange change) throws IOException {
        if (change.after().isEmpty()) {
            change.before().ifPresent(gone -> terminal.err().println(gone.name() + ": removed"));
            return;
        }
        AlgorithmItem item = change.after().get();
        if (change.arrivedAt(item.status()).isEmpty()) {
            terminal.err().println(item.name() + ": " + item.history().getLast().note());
            results.writeStatus(item);
            return;
        }
        if (item.status().isFinal()) {
            end(item);
            return;
        }
        String attempt = item.attempt() > 1 ? ", attempt " + item.attempt() : "";
        terminal.err().println(item.name() + ": " + word(item.status()) + attempt);
    }

    /** An end that something later has overtaken has its line in the history. */
    private void end(AlgorithmItem item) throws IOException {
        boolean isPresent = registry.find(item.name())
                .filter(present -> present.revision() == item.revision())
                .isPresent();
        if (!isPresent) {
            return;
        }
        List<String> lines = results.write(item);
        String file = folder.drop()
                .relativize(folder.results(item.name()))
                .resolve("result.txt")
                .toString();
        terminal.out().println(item.name() + ": " + word(item.status()) + ": " + file);
        lines.forEach(line -> terminal.out().println("  " + line));
        if (item.status() == AlgorithmStatus.PROMOTED && isFed(item)) {
            terminal.err().println(item.name() + ": on AWS its queue is now mapped to prod; here there is no queue");
        }
    }

    private static boolean isFed(AlgorithmItem item) {
        return item.deployable().settings().type() == AlgorithmType.IN;
    }

    private static String word(AlgorithmStatus status) {
        return status == AlgorithmStatus.READY ? "deployed" : status.name().toLowerCase(Locale.ROOT);
    }
}
