// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.cli.Terminal;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.Items;
import dev.memtune.core.run.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every look finds the next state of the item, as long as there are some. */
class FollowingTest {
    private static final Awaited UPLOAD = new Awaited(
            "alpha",
            upload -> upload.versionId().equals("v1"),
            Duration.ofMinutes(5),
            Duration.ofSeconds(2),
            "nobody has taken it in",
            "memtune status alpha");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final VirtualClock clock = new VirtualClock();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Outcome follow(AlgorithmItem... states) throws InterruptedException {
        Deque<AlgorithmItem> next = new ArrayDeque<>(List.of(states));
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Following following = new Following(registry, terminal, clock, pause -> {
            clock.sleep(pause);
            if (!next.isEmpty()) {
                assertThat(registry.put(next.remove())).isTrue();
            }
        });
        return following.follow(UPLOAD);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysEveryStatusOnceAndTheEndWithEverything() throws InterruptedException {
        AlgorithmItem uploaded = Items.uploaded("alpha");
        AlgorithmItem ready = uploaded.moved(AlgorithmStatus.READY, "deployed", Items.NOW);
        AlgorithmItem tuning = ready.moved(AlgorithmStatus.TUNING, "", Items.NOW);
        AlgorithmItem end = tuning.tuned(
                AlgorithmStatus.KEPT, Items.summary(ExecutionName.of(tuning), "512 MB is cheapest."), Items.NOW);

        assertThat(follow(uploaded, ready, tuning, end)).isEqualTo(Outcome.KEPT);
        assertThat(err().lines()).containsExactly("alpha: UPLOADED", "alpha: READY", "alpha: TUNING");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("alpha: KEPT since", "512 MB is cheapest.");
    }

    @Test
    void saysWhenALaterUploadHasTakenThePlace() throws InterruptedException {
        AlgorithmItem uploaded = Items.uploaded("alpha");
        AlgorithmItem later = uploaded.uploaded(Items.upload("alpha", "v2", "0B"), Items.checked("alpha"), Items.NOW);

        assertThat(follow(uploaded, later)).isEqualTo(Outcome.FAILED);
        assertThat(err()).contains("alpha: a later upload has taken its place; see: memtune status alpha");
    }

    @Test
    void givesUpWhenNobodyTakesItInOrNothingEndsIt() throws InterruptedException {
        Instant begin = clock.instant();
        assertThat(follow()).isEqualTo(Outcome.FAILED);
        assertThat(err()).contains("memtune: nobody has taken it in");
        assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofMinutes(5));

        assertThat(follow(Items.uploaded("alpha"))).isEqualTo(Outcome.FAILED);
        assertThat(err()).contains("memtune: alpha has not come to an end; see: memtune status alpha");
    }
}
