// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.logs.Attempt;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FunctionInvoker} does, and every {@link ReportSource} beside it. An adapter's test has a function of
 * 512 MB that was never published, and succeeds.
 */
public abstract class FunctionInvokerContract {
    private static final String ALIAS = "memtune-512";
    private static final byte[] EVENT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    /** The adapter under test. */
    protected abstract FunctionInvoker invoker();

    /** The logs of the function. */
    protected abstract ReportSource logs();

    /** The control plane of the same Lambda. */
    protected abstract FunctionControl control();

    /** The function's name. */
    protected abstract String function();

    /** How to wait. */
    protected abstract Sleeper sleeper();

    /** What time it is. */
    protected abstract Instant now();

    /** Publishes version 1 and points an alias to it. */
    @BeforeEach
    protected void publish() throws InterruptedException {
        for (int poll = 0; poll < 200 && !latest().isSettled(); poll++) {
            sleeper().sleep(Duration.ofMillis(20));
        }
        control().publishVersion(function(), null, null, "ours");
        control().createAlias(function(), ALIAS, "1", "ours");
        for (int poll = 0; poll < 200 && !isActive(); poll++) {
            sleeper().sleep(Duration.ofMillis(20));
        }
    }

    private FunctionConfiguration latest() {
        return control().configuration(function(), FunctionConfiguration.LATEST);
    }

    private boolean isActive() {
        return control().configuration(function(), "1").isActive();
    }

    private FunctionInvoker.Request request(String qualifier) {
        return new FunctionInvoker.Request(function(), qualifier, EVENT, 30);
    }

    @Test
    void runsWhatTheAliasPointsToAndReports() {
        FunctionInvoker.Response response = invoker().invoke(request(ALIAS));
        assertThat(response.functionError()).isNull();
        assertThat(response.requestId()).isNotEmpty();
        assertThat(response.executedVersion()).isEqualTo("1");
        ReportLookup lookup = LogTail.of(response.logTail()).find(response.requestId(), SystemLogLevel.UNKNOWN);
        assertThat(lookup).isInstanceOf(ReportLookup.Found.class);
        assertThat(((ReportLookup.Found) lookup).report().memoryMB()).isEqualTo(512);
    }

    @Test
    void givesEveryInvocationAnIdOfItsOwn() {
        assertThat(invoker().invoke(request(ALIAS)).requestId())
                .isNotEqualTo(invoker().invoke(request(ALIAS)).requestId());
    }

    @Test
    void doesNotRunWhatIsNotThere() {
        assertThatExceptionOfType(LambdaFault.NotFound.class)
                .isThrownBy(() -> invoker().invoke(request("nobody")));
        assertThatExceptionOfType(LambdaFault.NotFound.class)
                .isThrownBy(() -> invoker().send(request("nobody")));
    }

    @Test
    void runsAnEventLaterWhoseReportIsFoundByItsId() throws InterruptedException {
        control().stopRetries(function(), ALIAS);
        Instant before = now();
        String first = invoker().send(request(ALIAS));
        String second = invoker().send(request(ALIAS));
        assertThat(first).isNotEmpty().isNotEqualTo(second);
        for (String requestId : List.of(first, second)) {
            assertThat(attempts(requestId, before)).singleElement().satisfies(attempt -> {
                assertThat(attempt.version()).isEqualTo("1");
                assertThat(attempt.report().memoryMB()).isEqualTo(512);
                assertThat(attempt.report().requestId()).isEqualTo(requestId);
            });
        }
        control().forgetRetries(function(), ALIAS);
        control().forgetRetries(function(), ALIAS);
    }

    private List<Attempt> attempts(String requestId, Instant since) throws InterruptedException {
        String group = Objects.requireNonNull(latest().logGroup());
        return logs().attempts(new ReportSource.Question(group, requestId, since, Duration.ofMinutes(2)));
    }

    @Test
    void findsNoReportOfWhatNeverRan() throws InterruptedException {
        String group = Objects.requireNonNull(latest().logGroup());
        String nobody = "00000000-0000-4000-8000-00000000dead";
        ReportSource.Question question = new ReportSource.Question(group, nobody, now(), Duration.ZERO);
        assertThat(logs().attempts(question)).isEmpty();
        assertThat(logs().find(question)).isInstanceOf(ReportLookup.Missing.class);
    }
}
