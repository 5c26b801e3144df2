// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs as files. Every write is on the disk when its method returns; a crash at any byte leaves what was written before.
 *
 * <pre>
 * runs/&lt;runId&gt;/run.json          the record, replaced whole; without it the run does not exist
 *             /ledger.log        checked lines: entries, and {"token":n} where the token was raised
 *             /samples.log       checked lines: one batch of samples each
 *             /infeasible.log    checked lines: one note each
 *             /documents/*.json  named documents, replaced whole
 *             /cancel            there if a cancel was requested
 *             /lock              held while something is written
 * rollbacks/*.json               where targets were before they were moved, replaced whole
 * </pre>
 *
 * <p>A write takes as long as what it writes, however much was written before; a reading reads all. An interrupt stops
 * neither. Tokens and entries share one file and one lock, so no entry of an earlier holder can follow a raised token. Any
 * trouble with the files is an {@link UncheckedIOException}. Needs a local POSIX file system.
 */
public final class FileRunStore implements RunStore {
    /** A write takes milliseconds; who waits longer waits for a process that was stopped in the middle of one. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

    private static final int OPEN_FOLDERS_MAX = 32;

    private final Path runs;
    private final RollbackFiles rollbacks;
    private final Durability durability;
    private final RunLock lock;
    /** The latest runs written to, which remember how far they know their files. */
    private final Map<String, RunFolder> open = new LinkedHashMap<>(OPEN_FOLDERS_MAX, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunFolder> eldest) {
            return size() > OPEN_FOLDERS_MAX;
        }
    };

    /**
     * Opens a store.
     *
     * @param directory where the runs are kept; made if missing
     * @throws UncheckedIOException if it cannot be made
     */
    public FileRunStore(Path directory) {
        this(directory, Durability.DISK, new RunLock(LOCK_WAIT));
    }

    FileRunStore(Path directory, Durability durability, RunLock lock) {
        this.durability = durability;
        this.lock = lock;
        try {
            this.runs = Files.createDirectories(directory.resolve("runs")).toRealPath();
            this.rollbacks = new RollbackFiles(runs.resolveSibling("rollbacks"), durability);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " for runs: " + e.getMessage(), e);
        }
    }

    @Override
    public void create(Run run) {
        RunFolder folder = folder(run.runId());
        doing("create", run.runId(), () -> {
            folder.make();
            return folder.holdingLock(() -> createUnlessThere(folder, run));
        });
    }

    private static boolean createUnlessThere(RunFolder folder, Run run) throws IOException {
        Optional<Run> present = folder.run();
        if (present.isEmpty()) {
            folder.writeRun(run);
        } else if (!present.get().executionId().equals(run.executionId())) {
            throw new IllegalStateException("runId must be unique, got: " + run.runId() + " of " + run.executionId()
                    + ", taken by " + present.get().executionId());
        }
        return present.isEmpty();
    }

    @Override
    public void revise(Run run) {
        writing(run.runId(), folder -> {
            folder.writeRun(run);
            return true;
        });
    }

    @Override
    public Optional<Run> find(String runId) {
        return doing("read", runId, folder(runId)::run);
    }

    @Override
    public long token(String runId) {
        return doing("read", runId, folder(runId)::token);
    }

    @Override
    public long raiseToken(String runId) {
        return writing(runId, RunFolder::raiseToken);
    }

    @Override
    public void append(String runId, long token, LedgerEntry entry) {
        if (!folder(runId).exists()) {
            throw new StaleToken("run " + runId + " must exist, got token " + token + " for an unknown one");
        }
        writing(runId, folder -> {
            folder.append(token, entry);
            return true;
        });
    }

    @Override
    public List<LedgerEntry> ledger(String runId) {
        return doing("read", runId, folder(runId)::entries);
    }

    @Override
    public void putSamples(String runId, List<Sample> samples) {
        writing(runId, folder -> {
            if (!samples.isEmpty()) {
                folder.append(samples);
            }
            return true;
        });
    }

    @Override
    public List<Sample> samples(String runId) {
        Map<SampleKey, Sample> latest = new LinkedHashMap<>();
        for (Sample sample : doing("read", runId, folder(runId)::samples)) {
            latest.put(new SampleKey(sample.armId(), sample.index()), sample);
        }
        return latest.values().stream()
                .sorted(Comparator.comparing(Sample::armId).thenComparingInt(Sample::index))
                .toList();
    }

    private record SampleKey(String armId, int index) {}

    @Override
    public void putInfeasible(String runId, Infeasible infeasible) {
        writing(runId, folder -> {
            folder.append(infeasible);
            return true;
        });
    }

    @Override
    public List<Infeasible> infeasible(String runId) {
        Map<String, Infeasible> first = new LinkedHashMap<>();
        for (Infeasible note : doing("read", runId, folder(runId)::infeasible)) {
            first.putIfAbsent(note.armId(), note);
        }
        return first.values().stream()
                .sorted(Comparator.comparingInt(Infeasible::memoryMB).thenComparing(Infeasible::armId))
                .toList();
    }

    @Override
    public void requestCancel(String runId) {
        writing(runId, folder -> {
            folder.requestCancel();
            return true;
        });
    }

    @Override
    public boolean isCancelRequested(String runId) {
        return folder(runId).isCancelRequested();
    }

    @Override
    public void putDocument(String runId, String name, String json) {
        writing(runId, folder -> {
            folder.putDocument(name, json);
            return true;
        });
    }

    @Override
    public Optional<String> document(String runId, String name) {
        return doing("read", runId, () -> folder(runId).document(name));
    }

    @Override
    public void putRollback(Rollback rollback) {
        doing("write the rollback of", rollback.runId(), () -> {
            rollbacks.put(rollback);
            return true;
        });
    }

    @Override
    public Optional<Rollback> rollback(String functionArn, String target) {
        return doing("read a rollback of", "*", () -> rollbacks.find(functionArn, target));
    }

    @Override
    public List<Run> unfinished() {
        return doing("list", "*", () -> {
            List<Run> unfinished = new ArrayList<>();
            for (RunFolder folder : folders()) {
                Optional<Run> run = folder.run();
                if (run.isPresent() && !endsCleaned(folder)) {
                    unfinished.add(run.get());
                }
            }
            return List.copyOf(unfinished);
        });
    }

    private List<RunFolder> folders() throws IOException {
        try (Stream<Path> directories = Files.list(runs)) {
            return directories
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(directory -> new RunFolder(directory, durability, lock))
                    .toList();
        }
    }

    private static boolean endsCleaned(RunFolder folder) throws IOException {
        List<LedgerEntry> entries = folder.entries();
        return !entries.isEmpty() && entries.getLast().kind() == LedgerEntry.Kind.CLEANED;
    }

    private RunFolder folder(String runId) {
        synchronized (open) {
            return open.computeIfAbsent(
                    RunFolder.fileName(runId), name -> new RunFolder(runs.resolve(name), durability, lock));
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    @FunctionalInterface
    private interface Writing<T> {
        T write(RunFolder folder) throws IOException;
    }

    private <T> T writing(String runId, Writing<T> write) {
        RunFolder folder = folder(runId);
        if (!folder.exists()) {
            throw new IllegalArgumentException("runId must be that of a created run, got: " + runId);
        }
        return doing("write", runId, () -> folder.holdingLock(() -> write.write(folder)));
    }

    private <T> T doing(String verb, String runId, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot " + verb + " run " + runId + " in " + runs + ": " + e.getMessage(), e);
        }
    }
}
