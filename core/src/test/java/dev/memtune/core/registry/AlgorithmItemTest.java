// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlgorithmItemTest {
    @ParameterizedTest
    @CsvSource({
        "UPLOADED, READY, true",
        "UPLOADED, REJECTED, true",
        "UPLOADED, TUNING, false",
        "READY, TUNING, true",
        "READY, UPLOADED, false",
        "TUNING, PROMOTED, true",
        "TUNING, KEPT, true",
        "TUNING, REJECTED, true",
        "TUNING, FAILED, true",
        "TUNING, READY, false",
        "PROMOTED, TUNING, false",
        "FAILED, READY, false",
    })
    void leadsForwardOnly(AlgorithmStatus from, AlgorithmStatus to, boolean isAllowed) {
        assertThat(from.leadsTo(to)).isEqualTo(isAllowed);
    }

    @Test
    void remembersWhatHappened() {
        AlgorithmItem item = Items.ready("alpha").moved(AlgorithmStatus.TUNING, "execution x", Items.NOW);

        assertThat(item.history())
                .extracting(StatusChange::status)
                .containsExactly(AlgorithmStatus.UPLOADED, AlgorithmStatus.READY, AlgorithmStatus.TUNING);
        assertThat(item.revision()).isEqualTo(3);
    }

    @Test
    void refusesAStepThatSkipsOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Items.uploaded("alpha").moved(AlgorithmStatus.TUNING, "", Items.NOW))
                .withMessage("alpha is UPLOADED, which does not lead to TUNING");
    }

    @Test
    void remembersThatItsPromotionWasGoneBackOn() {
        InMemoryRegistry registry = new InMemoryRegistry();
        AlgorithmItem tuning = Items.ready("alpha").moved(AlgorithmStatus.TUNING, "", Items.NOW);
        AlgorithmItem promoted = tuning.tuned(
                AlgorithmStatus.PROMOTED, Items.summary(ExecutionName.of(tuning), "512 MB is cheapest."), Items.NOW);
        for (AlgorithmItem state : List.of(Items.uploaded("alpha"), Items.ready("alpha"), tuning, promoted)) {
            registry.put(state);
        }

        RollbackNote note = new RollbackNote(registry, () -> Items.NOW);
        Promotion back = new Promotion(Promotion.Status.PROMOTED, "prod", "7", "5", 512, 1024, "asked for");
        note.write("alpha", back);
        note.write("nobody", back);

        AlgorithmItem now = registry.find("alpha").orElseThrow();
        assertThat(now.status()).isEqualTo(AlgorithmStatus.PROMOTED);
        assertThat(now.history().getLast().note())
                .isEqualTo("rolled back: prod runs version 5 (1024 MB) instead of 7 (512 MB)");
        assertThat(now.history()).hasSize(5).startsWith(promoted.history().toArray(StatusChange[]::new));
        TuningSummary summary = Objects.requireNonNull(now.tuning());
        assertThat(summary.version()).isEqualTo("5");
        assertThat(summary.previousVersion()).isEqualTo("7");
        assertThat(new ItemChange(Optional.of(promoted), Optional.of(now)).arrivedAt(AlgorithmStatus.PROMOTED))
                .isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrong() {
        AlgorithmItem item =
                Items.uploaded("alpha").refused(AlgorithmStatus.REJECTED, List.of("first", "second"), Items.NOW);

        assertThat(item.problems()).containsExactly("first", "second");
        assertThat(item.history().getLast().note()).isEqualTo("first");
    }

    @Test
    void beginsAgainWithALaterUpload() {
        AlgorithmItem item =
                Items.ready("alpha").uploaded(Items.upload("alpha", "v2", "0A1"), Items.checked("alpha"), Items.NOW);

        assertThat(item.status()).isEqualTo(AlgorithmStatus.UPLOADED);
        assertThat(item.upload().versionId()).isEqualTo("v2");
        assertThat(item.attempt()).isOne();
    }

    @Test
    void refusesAnUploadThatIsNotLater() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Items.ready("alpha")
                        .uploaded(Items.upload("alpha", "v0", "09"), Items.checked("alpha"), Items.NOW))
                .withMessage("upload v0 of alpha is not later than v1");
    }

    @Test
    void beginsRejectedWhereThePackageIsBad() {
        Arrival bad = new Arrival.Refused(List.of("metadata.json: must be there", "tests: must not be empty"));
        AlgorithmItem item = Items.ready("alpha").uploaded(Items.upload("alpha", "v2", "0B"), bad, Items.NOW);

        assertThat(item.status()).isEqualTo(AlgorithmStatus.REJECTED);
        assertThat(item.problems()).hasSize(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> item.retried(Items.NOW))
                .withMessage("alpha is REJECTED; upload a package without the problems it names");
    }

    @Test
    void triesAgainUnderAnotherExecutionName() {
        AlgorithmItem failed = Items.uploaded("alpha").refused(AlgorithmStatus.FAILED, List.of("bad luck"), Items.NOW);
        AlgorithmItem again = failed.retried(Items.NOW);

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(ExecutionName.of(again)).isNotEqualTo(ExecutionName.of(failed));
        assertThatIllegalStateException()
                .isThrownBy(() -> again.retried(Items.NOW))
                .withMessage("alpha is UPLOADED; its present attempt has not ended");
    }

    @Test
    void forgetsTheOldestOfALongHistory() {
        AlgorithmItem item = IntStream.range(0, AlgorithmItem.HISTORY_MAX)
                .boxed()
                .reduce(
                        Items.uploaded("alpha"),
                        (one, number) -> one.refused(AlgorithmStatus.FAILED, List.of("x"), Items.NOW)
                                .retried(Items.NOW),
                        (one, other) -> other);

        assertThat(item.history()).hasSize(AlgorithmItem.HISTORY_MAX);
        assertThat(item.history().getLast().attempt()).isEqualTo(AlgorithmItem.HISTORY_MAX + 1);
    }

    @Test
    void survivesJson() {
        AlgorithmItem item = Items.ready("alpha");

        assertThat(Json.read(Json.write(item), AlgorithmItem.class)).isEqualTo(item);
    }
}
