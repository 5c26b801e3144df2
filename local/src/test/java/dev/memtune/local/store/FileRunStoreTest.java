// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.RunStoreContract;
import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunStoreTest implements RunStoreContract {
    private static final int ENTRIES = 4;
    private static final int POLLS_MAX = 2_000;

    @TempDir
    private Path directory;

    private FileRunStore store;

    @BeforeEach
    void open() {
        store = reopened();
    }

    @Override
    public RunStore store() {
        return store;
    }

    @Override
    public FileRunStore reopened() {
        return new FileRunStore(directory, Durability.PROCESS, new RunLock(Duration.ofSeconds(20)));
    }

    private Path file(String name) {
        return directory.resolve("runs").resolve("r1").resolve(name);
    }

    private static LedgerEntry entry(int index) {
        return SampleRuns.entry(Kind.PUBLISHED, 128 + index);
    }

    private void fill() {
        store.create(SampleRuns.run("r1"));
        for (int i = 0; i < ENTRIES; i++) {
            store.append("r1", store.token("r1"), entry(i));
            store.raiseToken("r1");
            store.putSamples(
                    "r1", List.of(SampleRuns.sample("m128", 2 * i, 1), SampleRuns.sample("m128", 2 * i + 1, 1)));
        }
    }

    @Test
    void readsAPrefixOfALedgerCutAnywhere() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(file("ledger.log"));
        List<LedgerEntry> all = store.ledger("r1");
        int longest = 0;
        for (int length = 0; length <= whole.length; length += 3) {
            Files.write(file("ledger.log"), Arrays.copyOf(whole, length));
            List<LedgerEntry> read = store.ledger("r1");
            assertThat(read).isEqualTo(all.subList(0, read.size()));
            assertThat(read.size()).isGreaterThanOrEqualTo(longest);
            longest = read.size();
        }
        assertThat(longest).isGreaterThanOrEqualTo(ENTRIES - 1);
    }

    @Test
    void appendsBehindTheLastWholeLineOfALedgerCutAnywhere() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(file("ledger.log"));
        for (int length = 0; length <= whole.length; length += 7) {
            Files.write(file("ledger.log"), Arrays.copyOf(whole, length));
            int before = store.ledger("r1").size();
            store.append("r1", store.token("r1"), entry(99));
            assertThat(store.ledger("r1")).hasSize(before + 1).endsWith(entry(99));
        }
    }

    @Test
    void keepsBatchesWholeInSamplesCutAnywhere() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(file("samples.log"));
        for (int length = 0; length <= whole.length; length += 3) {
            Files.write(file("samples.log"), Arrays.copyOf(whole, length));
            List<Sample> read = store.samples("r1");
            assertThat(read.size() % 2).isZero();
            assertThat(read).extracting(Sample::index).isSorted();
        }
    }

    @Test
    void ignoresATailOfZeros() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(file("ledger.log"));
        Files.write(file("ledger.log"), Arrays.copyOf(whole, whole.length + 4096));
        assertThat(store.ledger("r1")).hasSize(ENTRIES);
        store.append("r1", store.token("r1"), entry(9));
        assertThat(store.ledger("r1")).hasSize(ENTRIES + 1);
    }

    @Test
    void refusesALedgerThatIsDamagedInTheMiddle() throws IOException {
        fill();
        byte[] damaged = Files.readAllBytes(file("ledger.log"));
        damaged[20] ^= 1;
        Files.write(file("ledger.log"), damaged);
        assertThatThrownBy(() -> store.ledger("r1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ledger.log")
                .hasMessageContaining("at byte 0");
    }

    @Test
    void runWhoseRecordWasNotWrittenDoesNotExist() throws IOException {
        fill();
        Files.delete(file("run.json"));
        Files.writeString(file(".1.unfinished"), "{\"runId\":");
        assertThat(store.find("r1")).isEmpty();
        assertThat(store.unfinished()).isEmpty();
        assertThat(store.token("r1")).isZero();
    }

    @Test
    void keepsNamesInsideItsFolder() throws IOException {
        store.create(SampleRuns.run("../../x"));
        store.putDocument("../../x", "../../../y/\u0000*", "{}");
        assertThat(store.document("../../x", "../../../y/\u0000*")).contains("{}");
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(2);
        }
    }

    @Test
    void writesOnAnInterruptedThreadAndLeavesItInterrupted() {
        FileRunStore durable = new FileRunStore(directory);
        Thread.currentThread().interrupt();
        try {
            durable.create(SampleRuns.run("r1"));
            durable.append("r1", durable.raiseToken("r1"), entry(0));
            durable.putSamples("r1", List.of(SampleRuns.sample("m128", 0, 1)));
            durable.putInfeasible("r1", SampleRuns.infeasible(128, "no"));
            durable.putDocument("r1", "result", "{}");
            durable.requestCancel("r1");
            assertThat(durable.ledger("r1")).containsExactly(entry(0));
            assertThat(durable.unfinished()).hasSize(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(reopened().samples("r1")).hasSize(1);
        assertThat(reopened().document("r1", "result")).contains("{}");
        assertThat(reopened().isCancelRequested("r1")).isTrue();
    }

    @Test
    void seesTheTokenThatAnotherOpeningRaised() {
        store.create(SampleRuns.run("r1"));
        store.append("r1", 1, entry(0));
        FileRunStore other = reopened();
        other.append("r1", 1, entry(1));
        assertThat(other.raiseToken("r1")).isEqualTo(2);
        assertThatThrownBy(() -> store.append("r1", 1, entry(2))).isInstanceOf(StaleToken.class);
        store.append("r1", 2, entry(3));
        assertThat(other.raiseToken("r1")).isEqualTo(3);
        assertThat(store.ledger("r1")).containsExactly(entry(0), entry(1), entry(3));
    }

    @Test
    void noticesThatAFileWasReplaced() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(file("ledger.log"));
        store.append("r1", store.token("r1"), entry(9));
        Files.delete(file("ledger.log"));
        Files.write(file("ledger.log"), whole);
        store.append("r1", store.token("r1"), entry(8));
        Files.write(file("ledger.log"), whole);
        store.append("r1", store.token("r1"), entry(7));
        assertThat(store.ledger("r1")).hasSize(ENTRIES + 1).endsWith(entry(7));
        Files.delete(file("ledger.log"));
        store.append("r1", 1, entry(6));
        assertThat(store.ledger("r1")).containsExactly(entry(6));
    }

    @Test
    void givesUpWhereAnotherKeepsTheLock() throws Exception {
        Path lock = directory.resolve("lock");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> holder = thread.submit(() -> new RunLock(Duration.ofSeconds(20)).holding(lock, () -> {
                held.countDown();
                return Uninterrupted.doing(() -> end.await(60, TimeUnit.SECONDS));
            }));
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> new RunLock(Duration.ofMillis(20)).holding(lock, () -> "never"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another thread")
                    .hasMessageContaining("20 ms");
            end.countDown();
            assertThat(holder.get()).isTrue();
        }
    }

    @Test
    void keepsMoreRunsThanItRemembers() {
        IntStream.range(0, 40).forEach(i -> store.create(SampleRuns.run("r" + i)));
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, 40).forEach(i -> store.append("r" + i, 1, entry(i)));
        }
        IntStream.range(0, 40).forEach(i -> assertThat(store.ledger("r" + i)).hasSize(2));
    }

    @Test
    void saysWhichDirectoryCannotBeUsed() throws IOException {
        Path occupied = Files.writeString(directory.resolve("occupied"), "");
        assertThatThrownBy(() -> new FileRunStore(occupied))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("occupied");
    }

    @Test
    void twoProcessesLoseNothing() throws Exception {
        store.create(SampleRuns.run("r1"));
        String java = ProcessHandle.current().info().command().orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            for (int poll = 0; poll < POLLS_MAX && store.ledger("r1").isEmpty(); poll++) {
                if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            for (int i = 0; i < Writer.WRITES; i++) {
                store.append("r1", 1, entry(i));
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("output")))
                .isZero();
        assertThat(store.ledger("r1")).hasSize(2 * Writer.WRITES);
    }

    /** The other process. */
    static final class Writer {
        static final int WRITES = 30;

        private Writer() {}

        /** Appends to the store in the given folder. */
        public static void main(String[] arguments) {
            FileRunStore store = new FileRunStore(Path.of(arguments[0]));
            for (int i = 0; i < WRITES; i++) {
                store.append("r1", 1, entry(i));
            }
        }
    }
}
