// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder of one run; {@link FileRunStore} tells what is in it. Its writers hold {@link #holdingLock its lock}. */
final class RunFolder {
    private static final JsonMapper MAPPER = Json.mapper()
            .rebuild()
            // Records' questions, such as isCold, are not their components.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();

    private final Path directory;
    private final CheckedLog ledger;
    private final CheckedLog samples;
    private final CheckedLog infeasible;

    RunFolder(Path directory) {
        this.directory = directory;
        this.ledger = new CheckedLog(directory.resolve("ledger.log"));
        this.samples = new CheckedLog(directory.resolve("samples.log"));
        this.infeasible = new CheckedLog(directory.resolve("infeasible.log"));
    }

    /** A folder's or file's name for any text; never a path or a hidden file. */
    static String fileName(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace(".", "%2E")
                .replace("*", "%2A");
    }

    /**
     * A line of the ledger: either is null.
     *
     * @param token the token from here on
     * @param entry an entry under the present token
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(@Nullable Long token, @Nullable LedgerEntry entry) {}

    /** The samples of one call: written whole or not at all. */
    record Batch(List<Sample> samples) {}

    <T> T holdingLock(RunLock.Guarded<T> action) throws IOException {
        return RunLock.holding(directory.resolve("lock"), action);
    }

    boolean exists() {
        return Files.exists(runFile());
    }

    Optional<Run> run() throws IOException {
        Optional<String> json = AtomicFiles.read(runFile());
        return json.isEmpty() ? Optional.empty() : Optional.of(value(json.get(), Run.class));
    }

    void writeRun(Run run) throws IOException {
        AtomicFiles.write(runFile(), json(run));
    }

    long token() throws IOException {
        return exists() ? token(lines()) : 0;
    }

    private static long token(List<Line> lines) {
        long token = 1;
        for (Line line : lines) {
            if (line.token() != null) {
                token = line.token();
            }
        }
        return token;
    }

    long raiseToken() throws IOException {
        long raised = token() + 1;
        ledger.append(json(new Line(raised, null)));
        return raised;
    }

    void append(long token, LedgerEntry entry) throws IOException {
        long present = token();
        if (present != token || present == 0) {
            throw new StaleToken("run " + directory.getFileName() + ": token must be the present one, got: " + token
                    + ", present: " + present);
        }
        ledger.append(json(new Line(null, entry)));
    }

    List<LedgerEntry> entries() throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (Line line : lines()) {
            if (line.entry() != null) {
                entries.add(line.entry());
            }
        }
        return entries;
    }

    private List<Line> lines() throws IOException {
        return values(ledger, Line.class);
    }

    void append(List<Sample> batch) throws IOException {
        samples.append(json(new Batch(batch)));
    }

    List<Sample> samples() throws IOException {
        return values(samples, Batch.class).stream()
                .flatMap(batch -> batch.samples().stream())
                .toList();
    }

    void append(Infeasible note) throws IOException {
        infeasible.append(json(note));
    }

    List<Infeasible> infeasible() throws IOException {
        return values(infeasible, Infeasible.class);
    }

    Path cancelFile() {
        return directory.resolve("cancel");
    }

    Path documentFile(String name) {
        return directory.resolve("documents").resolve(fileName(name) + ".json");
    }

    Path directory() {
        return directory;
    }

    private Path runFile() {
        return directory.resolve("run.json");
    }

    private static <T> List<T> values(CheckedLog log, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        for (String text : log.read()) {
            values.add(value(text, type));
        }
        return values;
    }

    private static <T> T value(String json, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(json, type);
    }

    private static String json(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsString(value);
    }
}
