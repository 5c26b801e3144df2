// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.cli.Terminal;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.run.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
        return follow(registry, states);
    }

    private Outcome follow(Registry asked, AlgorithmItem... states) throws InterruptedException {
        Deque<AlgorithmItem> next = new ArrayDeque<>(List.of(states));
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Following following = new Following(asked, terminal, clock, pause -> {
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
    void asksAgainWhenTheRegistryDoesNotAnswerForAWhile() throws InterruptedException {
        AlgorithmItem uploaded = Items.uploaded("alpha");
        AlgorithmItem end = uploaded.refused(AlgorithmStatus.REJECTED, List.of("no"), Items.NOW);

        assertThat(follow(silentFrom(2, 16), uploaded, end)).isEqualTo(Outcome.REJECTED);
        assertThat(err().lines()).containsExactly("alpha: UPLOADED", "alpha: throttled; it is asked again");
    }

    @Test
    void givesUpARegistryThatDoesNotAnswerAnyMoreOrNeverDid() {
        assertThatThrownBy(() -> follow(silentFrom(0, 0), Items.uploaded("alpha")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(clock.instant()).isEqualTo(VirtualClock.START);

        assertThatThrownBy(() -> follow(silentFrom(1, Integer.MAX_VALUE)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("throttled");
        assertThat(Duration.between(VirtualClock.START, clock.instant())).isLessThan(Duration.ofMinutes(1));
    }

    /** The registry, which does not answer these looks at it. */
    private Registry silentFrom(int first, int last) {
        AtomicInteger looks = new AtomicInteger();
        return (Registry) Proxy.newProxyInstance(
                Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, arguments) -> {
                    int look = looks.getAndIncrement();
                    if (look >= first && look <= last) {
                        throw new UncheckedIOException("throttled", new IOException("throttled"));
                    }
                    return method.invoke(registry, arguments);
                });
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
