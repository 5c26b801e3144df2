// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Windows;
import dev.memtune.local.process.Initialization;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">SnapStart</a>. */
class SnapStartTest extends ServiceFixture {
    private static final String ON = "{\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}}";

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
        lambda.switches().windows(new Windows(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60)));
        rest.configure("f", ON);
    }

    private JsonNode configuration(String qualifier) throws Exception {
        return rest.get(Rest.FUNCTIONS + "/f/configuration?Qualifier=" + qualifier)
                .json();
    }

    @Test
    @LambdaRule({"SS-01", "SS-02"})
    void isPendingUntilTheSnapshotIsMade() throws Exception {
        assertThat(rest.publish("f", "{}").text("State")).isEqualTo("Pending");
        assertThat(configuration("1")
                        .path("SnapStart")
                        .path("OptimizationStatus")
                        .asText())
                .isEqualTo("Off");
        Rest.Answer early = rest.invoke("f:1", "{}");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.errorType()).isEqualTo("SnapStartNotReadyException");
        clock.advance(Duration.ofSeconds(60));
        JsonNode ready = configuration("1");

        assertThat(ready.path("State").asText()).isEqualTo("Active");
        assertThat(ready.path("SnapStart").path("ApplyOn").asText()).isEqualTo("PublishedVersions");
        assertThat(ready.path("SnapStart").path("OptimizationStatus").asText()).isEqualTo("On");
        assertThat(rest.invoke("f:1", "{}").status()).isEqualTo(200);
        assertThat(runner.versions.getLast().hosting().initialization()).isEqualTo(Initialization.SNAP_START);
    }

    @Test
    @LambdaRule("SS-03")
    void appliesToPublishedVersionsOnly() throws Exception {
        JsonNode latest = configuration("$LATEST");
        rest.invoke("f", "{}");

        assertThat(latest.path("SnapStart").path("ApplyOn").asText()).isEqualTo("PublishedVersions");
        assertThat(latest.path("SnapStart").path("OptimizationStatus").asText()).isEqualTo("Off");
        assertThat(runner.versions.getLast().hosting().initialization()).isEqualTo(Initialization.ON_DEMAND);
    }

    @Test
    @LambdaRule("SS-04")
    void makesAFewSnapshotsAtATime() throws Exception {
        lambda.switches().quotas(Quotas.DEFAULTS.withConcurrentSnapshots(1));
        rest.publish("f", "{}");
        rest.configure("f", "{\"MemorySize\":256}");
        Rest.Answer throttled = rest.publish("f", "{}");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.text("Reason")).isEqualTo("ConcurrentSnapshotCreateLimitExceeded");
        assertThat(throttled.text("message")).contains("reached your concurrent snapshot creation limit");
        clock.advance(Duration.ofSeconds(60));

        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"Runtime\":\"nodejs22.x\"};nodejs22.x is not supported for SnapStart enabled functions.",
                "{\"Runtime\":\"python3.11\"};python3.11 is not supported for SnapStart enabled functions.",
                "{\"EphemeralStorage\":{\"Size\":1024}};SnapStart functions have at most 512 MB of ephemeral storage",
                "{\"SnapStart\":{\"ApplyOn\":\"Always\"}};at 'snapStart.applyOn' failed to satisfy constraint"
            })
    @LambdaRule("SS-05")
    void refusesWhatSnapStartDoesNotGoWith(String change, String message) throws Exception {
        Rest.Answer answer = rest.configure("f", change);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains(message);
    }

    @Test
    @LambdaRule("SS-06")
    void excludesProvisionedConcurrency() throws Exception {
        rest.publish("f", "{}");

        assertThat(rest.put(
                                "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1",
                                "{\"ProvisionedConcurrentExecutions\":1}")
                        .text("message"))
                .contains("not supported on versions with SnapStart");
    }

    @Test
    @LambdaRule("SS-07")
    void makesAVersionOfItsOwn() throws Exception {
        rest.publish("f", "{}");
        rest.configure("f", "{\"SnapStart\":{\"ApplyOn\":\"None\"}}");

        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("2");
        assertThat(rest.publish("f", "{}").text("State")).isEqualTo("Active");
    }
}
