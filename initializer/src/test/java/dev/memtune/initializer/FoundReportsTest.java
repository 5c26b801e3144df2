// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.ReportStatus;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.FoundSamples;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoundReportsTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add("primes", 512);
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final List<ReportSource.Lookback> questions = new ArrayList<>();

    /** Logs with a warm and a cold invocation of the present size, one of another size, and a failed one. */
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
                            report("failed", 512, null, ReportStatus.ERROR)),
                    "");
        }
    }

    private static InvocationReport report(String id, int memoryMB, @Nullable Double initMs, ReportStatus status) {
        return new InvocationReport(id, 99.5, 100, memoryMB, 64, initMs, null, null, status, true, null, false, false);
    }

    private Optional<FoundSamples> initialize(String members) {
        String input = "{\"lambdaARN\":\"primes\"" + members + "}";
        String runId = new Initializer(
                        lambda,
                        store,
                        clock,
                        clock,
                        ObjectSource.NONE,
                        run -> new Plan(1, List.of(), 1, false, 1),
                        new InitializerLimits(Duration.ofMinutes(4), Duration.ofHours(1)))
                .lookingAt(new Logs())
                .initialize(new InitializerInput(
                        new InitializerInput.Execution("a", "name", VirtualClock.START),
                        Json.tree(input.getBytes(StandardCharsets.UTF_8))))
                .run()
                .runId();
        return store.document(runId, FoundSamples.DOCUMENT).map(json -> Json.read(json, FoundSamples.class));
    }

    @Test
    void takesWarmInvocationsOfThePresentSizeOfVersionsThatAreTheSame() {
        function.publish(null, null, "the same");
        function.editCode("code-2", "settings-1");
        function.publish(null, null, "new code");
        function.editMemory(1024);
        function.publish(null, null, "another size");
        function.editMemory(512);

        FoundSamples found = initialize(",\"useLogs\":true").orElseThrow();

        assertThat(questions).singleElement().satisfies(question -> assertThat(question.versions())
                .containsExactly("2"));
        assertThat(found.trouble()).isEmpty();
        assertThat(found.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.requestId()).isEqualTo("warm");
            assertThat(sample.round()).isZero();
            assertThat(sample.outcome()).isEqualTo(Sample.Outcome.MEASURED);
            assertThat(sample.reportFromLogs()).isTrue();
        });
    }

    @Test
    void asksNothingWhereNoVersionIsTheSame() {
        FoundSamples found = initialize(",\"useLogs\":true").orElseThrow();

        assertThat(questions).isEmpty();
        assertThat(found.samples()).isEmpty();
        assertThat(found.trouble()).contains("no published version has the code, the settings and the 512 MB");
    }

    @Test
    void doesNotLookUnlessItIsAllowed() {
        function.publish(null, null, "the same");

        assertThat(initialize("")).isEmpty();
        assertThat(questions).isEmpty();
    }
}
