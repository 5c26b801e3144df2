// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.tuning.RecordedEnd;
import dev.memtune.cli.tuning.ResultFile;
import dev.memtune.cli.tuning.TuningEnd;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.TuningSummary;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import dev.memtune.local.store.AtomicFiles;
import dev.memtune.local.store.Durability;
import dev.memtune.report.TuningText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the files of {@code results/NAME/}, always those of the last end. */
final class ResultsWriter {
    private final WatchedFolder folder;
    private final RunStore store;
    private final Map<String, String> environment;

    /** @param environment what of this machine bears on the figures */
    ResultsWriter(WatchedFolder folder, RunStore store, Map<String, String> environment) {
        this.folder = folder;
        this.store = store;
        this.environment = environment;
    }

    /**
     * Writes what an algorithm has come to.
     *
     * @param item with a final status
     * @return the lines that a person reads
     */
    List<String> write(AlgorithmItem item) throws IOException {
        Path results = Files.createDirectories(folder.results(item.name()));
        Optional<TuningEnd> end = end(item);
        List<String> lines = Stream.concat(
                        end.flatMap(TuningEnd::result).map(TuningText::of).orElse(List.of()).stream(),
                        item.problems().stream())
                .toList();
        writeStatus(item);
        write(results.resolve("result.txt"), String.join("\n", lines) + "\n");
        Path json = results.resolve("result.json");
        if (end.isPresent()) {
            write(json, ResultFile.of(end.get()));
        } else {
            Files.deleteIfExists(json);
        }
        return lines;
    }

    /** Writes the item alone: what was measured has not changed. */
    void writeStatus(AlgorithmItem item) throws IOException {
        Path results = Files.createDirectories(folder.results(item.name()));
        write(results.resolve("status.json"), Json.mapper().valueToTree(item).toPrettyString() + "\n");
    }

    /** How the tuning of the item's present attempt ended; empty if it did not come to one. */
    private Optional<TuningEnd> end(AlgorithmItem item) {
        TuningSummary summary = item.tuning();
        if (summary == null || !summary.executionId().endsWith(":" + ExecutionName.of(item))) {
            return Optional.empty();
        }
        TuningEnd end = RecordedEnd.of(store, summary.runId(), Outcome.FAILED, summary.sentence());
        return Optional.of(end.withEnvironment(environment));
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFiles.write(file, text, Durability.PROCESS);
    }
}
