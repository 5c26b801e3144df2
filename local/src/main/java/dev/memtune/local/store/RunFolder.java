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

    private static final long FIRST_TOKEN = 1;

    private final Path directory;
    private final Durability durability;
    private final RunLock lock;
    private final CheckedLog ledger;
    private final CheckedLog samples;
    private final CheckedLog infeasible;
    /** The token after the lines of the ledger that were seen; guarded by the run's lock. */
    private long token = FIRST_TOKEN;

    RunFolder(Path directory, Durability durability, RunLock lock) {
        this.directory = directory;
        this.durability = durability;
        this.lock = lock;
        this.ledger = new CheckedLog(directory.resolve("ledger.log"), durability);
        this.samples = new CheckedLog(directory.resolve("samples.log"), durability);
        this.infeasible = new CheckedLog(directory.resolve("infeasible.log"), durability);
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
        return lock.holding(directory.resolve("lock"), action);
    }

    boolean exists() {
        return Files.exists(runFile());
    }

    Optional<Run> run() throws IOException {
        Optional<String> json = AtomicFiles.read(runFile());
        return json.isEmpty() ? Optional.empty() : Optional.of(value(json.get(), Run.class));
    }

    void writeRun(Run run) throws IOException {
        AtomicFiles.write(runFile(), json(run), durability);
    }

    long token() throws IOException {
        return exists() ? token(FIRST_TOKEN, lines()) : 0;
    }

    private static long token(long before, List<Line> lines) {
        long token = before;
        for (Line line : lines) {
            if (line.token() != null) {
                token = line.token();
            }
        }
        return token;
    }

    /** The token, from the lines that are new since the last look: a run's ledger is not read again for every entry. */
    private long catchUp() throws IOException {
        CheckedLog.Unseen unseen = ledger.unseen();
        token = token(unseen.afresh() ? FIRST_TOKEN : token, values(unseen.texts(), Line.class));
        return token;
    }

    long raiseToken() throws IOException {
        long raised = catchUp() + 1;
        ledger.append(json(new Line(raised, null)));
        token = raised;
        return raised;
    }

    void append(long expected, LedgerEntry entry) throws IOException {
        long present = exists() ? catchUp() : 0;
        if (present != expected || present == 0) {
            throw new StaleToken("run " + directory.getFileName() + ": token must be the present one, got: " + expected
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
        return values(ledger.read(), Line.class);
    }

    void append(List<Sample> batch) throws IOException {
        samples.unseen();
        samples.append(json(new Batch(batch)));
    }

    List<Sample> samples() throws IOException {
        return values(samples.read(), Batch.class).stream()
                .flatMap(batch -> batch.samples().stream())
                .toList();
    }

    void append(Infeasible note) throws IOException {
        infeasible.unseen();
        infeasible.append(json(note));
    }

    List<Infeasible> infeasible() throws IOException {
        return values(infeasible.read(), Infeasible.class);
    }

    void requestCancel() throws IOException {
        AtomicFiles.write(cancelFile(), "", durability);
    }

    boolean isCancelRequested() {
        return Files.exists(cancelFile());
    }

    private Path cancelFile() {
        return directory.resolve("cancel");
    }

    void putDocument(String name, String json) throws IOException {
        AtomicFiles.write(documentFile(name), json, durability);
    }

    Optional<String> document(String name) throws IOException {
        return AtomicFiles.read(documentFile(name));
    }

    private Path documentFile(String name) {
        return documents().resolve(fileName(name) + ".json");
    }

    /** Makes the folder, which is no run before {@link #writeRun}. */
    void make() throws IOException {
        Files.createDirectories(documents());
        durability.forceName(directory);
    }

    private Path documents() {
        return directory.resolve("documents");
    }

    private Path runFile() {
        return directory.resolve("run.json");
    }

    private static <T> List<T> values(List<String> texts, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
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
