// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every registry does. */
public abstract class RegistryContract {
    private static final int WRITERS = 8;

    /** The registry under test, empty. */
    protected abstract Registry registry();

    @Test
    void findsNothingAtFirst() {
        assertThat(registry().find("alpha")).isEmpty();
        assertThat(registry().all()).isEmpty();
    }

    @Test
    void keepsAnItemWhole() {
        AlgorithmItem item = Items.uploaded("alpha")
                .refused(AlgorithmStatus.REJECTED, List.of("metadata.json: must be there", "ünïcode"), Items.NOW);
        assertThat(registry().put(Items.uploaded("alpha"))).isTrue();
        assertThat(registry().put(item)).isTrue();

        assertThat(registry().find("alpha")).contains(item);
    }

    @Test
    void keepsATuningsSummary() {
        AlgorithmItem tuning = Items.ready("alpha").moved(AlgorithmStatus.TUNING, "", Items.NOW);
        TuningSummary summary = Items.summary("arn", "512 MB: cheaper");
        AlgorithmItem promoted = tuning.tuned(AlgorithmStatus.PROMOTED, summary, Items.NOW);
        List.of(Items.uploaded("alpha"), Items.ready("alpha"), tuning, promoted)
                .forEach(state -> assertThat(registry().put(state)).isTrue());

        assertThat(registry().find("alpha")).contains(promoted);
    }

    @Test
    void refusesAFirstStateWhereThereIsAnItem() {
        registry().put(Items.uploaded("alpha"));

        assertThat(registry().put(Items.uploaded("alpha"))).isFalse();
    }

    @Test
    void refusesALaterStateWhereThereIsNoItem() {
        assertThat(registry().put(Items.ready("alpha"))).isFalse();
        assertThat(registry().find("alpha")).isEmpty();
    }

    @Test
    void refusesAStateThatWasMadeOfAnotherThanThePresentOne() {
        registry().put(Items.uploaded("alpha"));
        registry().put(Items.ready("alpha"));
        AlgorithmItem late = Items.uploaded("alpha").refused(AlgorithmStatus.FAILED, List.of("late"), Items.NOW);

        assertThat(registry().put(late)).isFalse();
        assertThat(registry().find("alpha")).contains(Items.ready("alpha"));
    }

    @Test
    void listsByName() {
        List.of("gamma", "alpha", "beta").forEach(name -> registry().put(Items.uploaded(name)));

        assertThat(registry().all()).extracting(AlgorithmItem::name).containsExactly("alpha", "beta", "gamma");
    }

    @Test
    void removesThePresentStateOnly() {
        registry().put(Items.uploaded("alpha"));
        registry().put(Items.ready("alpha"));

        assertThat(registry().remove("alpha", 1)).isFalse();
        assertThat(registry().remove("alpha", 2)).isTrue();
        assertThat(registry().find("alpha")).isEmpty();
        assertThat(registry().put(Items.uploaded("alpha"))).isTrue();
    }

    @Test
    void letsOneOfManyWritersWin() throws Exception {
        registry().put(Items.uploaded("alpha"));
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                AlgorithmItem next =
                        Items.uploaded("alpha").moved(AlgorithmStatus.READY, "writer " + writer, Items.NOW);
                writers.add(() -> registry().put(next));
            }
            long winners = 0;
            for (Future<Boolean> answer : pool.invokeAll(writers)) {
                winners += answer.get() ? 1 : 0;
            }
            assertThat(winners).isOne();
        }
    }
}
