// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import dev.memtune.local.service.CallInterceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of what is deployed in an account already, and the way back; over the wire, through the SDK. */
class AccountCheckTest {
    private static final List<String> GATE =
            List.of("--payload", "{}", "--yes", "--quiet", "--baseline", "prod", "--json", "--num", "16");

    @TempDir
    private Path folder;

    private Account account;
    private String candidate = "";

    @BeforeEach
    void deploy() throws IOException, InterruptedException {
        account = Account.withFunction(folder.resolve("account"), CallInterceptor.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        account.close();
    }

    /** Version 1 at 512 MB has the alias prod; the candidate gets the alias next. */
    private void publish(int memoryMB) throws InterruptedException {
        candidate = account.publish(memoryMB);
        account.control().createAlias(Account.FUNCTION, "next", candidate, "the candidate");
    }

    private Result check(Map<String, String> environment, List<String> gates, String... arguments)
            throws IOException, InterruptedException {
        String[] all = Stream.of(Stream.of(arguments), GATE.stream(), gates.stream())
                .flatMap(one -> one)
                .toArray(String[]::new);
        return new ChildCli(folder, environment).launch(all);
    }

    private String prod() {
        return account.control().alias(Account.FUNCTION, "prod").orElseThrow().version();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work:2", "work:next"})
    void promotesAVersionThatIsThereAlready(String target) throws Exception {
        publish(1024);
        Snapshot before = account.snapshot();

        Result result = check(
                account.environment(),
                List.of("--max-duration-increase", "10%", "--promote-on-pass", "prod"),
                "check",
                target);

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        JsonNode document = Json.tree(result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("verdict").asText()).isEqualTo("pass");
        assertThat(document.at("/candidate/version").asText()).isEqualTo(candidate);
        assertThat(document.at("/promotion/status").asText()).isEqualTo("PROMOTED");
        assertThat(prod()).isEqualTo(candidate);
        assertThat(account.snapshot().versions()).isEqualTo(before.versions());
        assertThat(account.snapshot().aliases()).hasSize(2);
    }

    /** What 95 % of the invocations keep within cannot be told from 16 of them, however short they are. */
    @ParameterizedTest
    @CsvSource({"fail,4,", "warn,0,counts as passed", "pass,0,"})
    void undecidedAmountsToWhatWasAskedFor(String undecided, int exitCode, @Nullable String said) throws Exception {
        publish(1024);

        Result result = check(
                account.environment(),
                List.of("--p95", "10s", "--undecided", undecided, "--promote-on-pass", "prod"),
                "check",
                "work:2");

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        assertThat(Json.tree(result.out().getBytes(StandardCharsets.UTF_8))
                        .path("verdict")
                        .asText())
                .isEqualTo("undecided");
        assertThat(result.err()).contains(Objects.requireNonNullElse(said, ""));
        assertThat(prod()).as("promoted is what passed, nothing else").isEqualTo("1");
    }

    @Test
    void findsTheAccountInItsOptionsAndTheWayBackToo() throws Exception {
        publish(1024);
        Map<String, String> environment = new HashMap<>(account.environment());
        String url = environment.remove("AWS_ENDPOINT_URL_LAMBDA");
        environment.remove("AWS_REGION");
        List<String> where = List.of("--endpoint-url", url, "--region", "us-east-1");
        List<String> gates = Stream.concat(
                        Stream.of("--max-duration-increase", "10%", "--promote-on-pass", "prod"), where.stream())
                .toList();

        Result checked = check(environment, gates, "check", "work:next");
        assertThat(checked.exitCode()).as(checked.err()).isZero();
        assertThat(prod()).isEqualTo(candidate);

        String[] rollback =
                Stream.concat(Stream.of("rollback", "work"), where.stream()).toArray(String[]::new);
        Result back = new ChildCli(folder, environment).launch(rollback);
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(prod()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"check,--role-arn,memtune", "rollback,--endpoint-url,nowhere", "rollback,--region,moon"})
    void refusesOptionsOfAnotherForm(String command, String option, String value) throws Exception {
        Result result = command.equals("check")
                ? check(account.environment(), List.of(), command, "work", option, value)
                : new ChildCli(folder, account.environment()).launch(command, "work", option, value);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(option + ": must").contains(value);
    }
}
