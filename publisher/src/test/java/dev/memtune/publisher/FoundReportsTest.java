// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.change.StartedRun;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.ReportStatus;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.FoundSamples;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoundReportsTest {
    private final StartedRun started = new StartedRun();
    private final ModelFunction function = started.function;
    private final List<ReportSource.Lookback> questions = new ArrayList<>();

    /** Logs with a warm and a cold invocation of 512 MB, one each of 1024 and 2048 MB, and a failed one. */
    private final class Logs implements ReportSource {
        @Override
        public ReportLookup find(Question question) {
            return new ReportLookup.Missing(MissingReason.NOT_FOUND, "not asked for");
        }

        @Override
        public Past past(Lookback lookback) {
            questions.add(lookback);
            return new Past(
                    List.of(
                            report("warm", 512, null, ReportStatus.SUCCESS),
                            report("cold", 512, 200.0, ReportStatus.SUCCESS),
                            report("other", 1024, null, ReportStatus.SUCCESS),
                            report("nobody's", 2048, null, ReportStatus.SUCCESS),
                            report("failed", 512, null, ReportStatus.ERROR)),
                    "");
        }
    }

    private static InvocationReport report(String id, int memoryMB, @Nullable Double initMs, ReportStatus status) {
        return new InvocationReport(id, 99.5, 100, memoryMB, 64, initMs, null, null, status, true, null, false, false);
    }

    private Optional<FoundSamples> publish() {
        Publisher publisher = new Publisher(
                        started.lambda, started.store, started.clock, started.clock, Duration.ofMinutes(13))
                .lookingAt(new Logs());
        Plan plan = publisher.publish(new PublisherInput(started.ref(), StartedRun.plan(256)));
        publisher.publish(new PublisherInput(started.ref(), plan));
        return started.store
                .document(StartedRun.RUN_ID, FoundSamples.DOCUMENT)
                .map(json -> Json.read(json, FoundSamples.class));
    }

    @Test
    void takesWarmInvocationsOfEverySizeThatVersionsLikeTheFunctionHave() {
        function.publish(null, null, "old code");
        function.editCode("code-2", "settings-1");
        function.publish(null, null, "the same");
        function.editMemory(1024);
        function.publish(null, null, "the same in another size, as an alias may serve it");
        function.editMemory(512);

        started.begin("\"useLogs\":true");
        FoundSamples found = publish().orElseThrow();

        assertThat(questions).singleElement().satisfies(question -> assertThat(question.versions())
                .containsExactlyInAnyOrder("2", "3"));
        assertThat(found.trouble()).isEmpty();
        assertThat(found.samples()).extracting(Sample::requestId).containsExactly("warm", "other");
        assertThat(found.samples()).extracting(Sample::armId).containsExactly("m512", "m1024");
        assertThat(found.samples()).allSatisfy(sample -> {
            assertThat(sample.round()).isZero();
            assertThat(sample.outcome()).isEqualTo(Sample.Outcome.MEASURED);
            assertThat(sample.reportFromLogs()).isTrue();
        });
    }

    @Test
    void asksNothingWhereNoVersionIsTheSame() {
        started.begin("\"useLogs\":true");
        FoundSamples found = publish().orElseThrow();

        assertThat(questions).isEmpty();
        assertThat(found.samples()).isEmpty();
        assertThat(found.trouble()).contains("no published version has the code and the settings");
    }

    @Test
    void doesNotLookUnlessItIsAllowed() {
        function.publish(null, null, "the same");

        started.begin();
        assertThat(publish()).isEmpty();
        assertThat(questions).isEmpty();
    }
}
