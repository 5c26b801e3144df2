// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.run.Lease;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.service.Call;
import dev.memtune.local.service.Intervention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tunes a function that is deployed already, at the endpoint that the SDK finds. */
class EndpointTest {
    private static final String[] TUNE = {
        "tune",
        Account.FUNCTION,
        "--payload",
        "{\"n\": 1}",
        "--values",
        "256,1024",
        "--num",
        "2",
        "--promote",
        "prod",
        "--yes"
    };

    @TempDir
    private Path folder;

    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private volatile Intervention onAliasUpdate = Intervention.PROCEED;
    private volatile boolean deletionsFail;
    private Account account;
    private Snapshot before;

    @BeforeEach
    void deploy() throws IOException, InterruptedException {
        account = Account.withFunction(folder.resolve("account"), this::intervene);
        before = account.snapshot();
        calls.clear();
    }

    private Intervention intervene(Call call) {
        calls.add(call.operation());
        if (call.operation().equals("UpdateAlias") && call.qualifier().equals(Optional.of("prod"))) {
            return onAliasUpdate;
        }
        boolean fails = deletionsFail && call.operation().startsWith("Delete");
        return fails ? new Intervention.FailBefore(LambdaFault.invalid("not allowed to delete")) : Intervention.PROCEED;
    }

    @AfterEach
    void stop() throws IOException {
        account.close();
    }

    private ChildCli cli() {
        return new ChildCli(folder, account.environment());
    }

    @Test
    void movesTheAliasAndLeavesNothingElseBehind() throws Exception {
        Result result = cli().launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("work · strategy cost", "Promoted: alias prod moved from version 1 (512 MB)");
        assertThat(result.err())
                .contains("function:work (512 MB", "invocations  at most 4, with real effects", "work: promoting");
        Snapshot after = account.snapshot();
        assertThat(after.versions()).hasSize(3).containsAll(before.versions());
        assertThat(after.aliases()).hasSize(1).first().asString().doesNotStartWith("prod -> 1 ");
        assertThat(calls).doesNotContain("CreateFunction", "UpdateFunctionCode");
        assertThat(folder.resolve("memtune/embedded")).doesNotExist();
    }

    @Test
    void goesBackOnAPromotionAndForthAgain() throws Exception {
        cli().launch(TUNE);
        Snapshot promoted = account.snapshot();

        Result back = cli().launch("rollback", "work");

        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out()).contains("work: alias prod is back at version 1 from version");
        assertThat(account.snapshot().versions()).isEqualTo(promoted.versions());
        assertThat(account.snapshot().aliases()).hasSize(1).first().asString().startsWith("prod -> 1 ");
        assertThat(cli().launch("rollback", "work", "--alias", "beta").exitCode())
                .isEqualTo(6);

        Result forth = cli().launch("rollback", "work");

        assertThat(forth.exitCode()).as(forth.err()).isZero();
        assertThat(account.snapshot()).isEqualTo(promoted);
    }

    @Test
    void isBusyWhileAnotherRunHoldsTheFunction() throws Exception {
        Lease lease = new Lease("otherrun", 1, Instant.now().plusSeconds(600), 512);
        account.control().createAlias(Account.FUNCTION, Lease.ALIAS, FunctionConfiguration.LATEST, lease.description());
        Snapshot held = account.snapshot();

        Result result = cli().launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("work: busy: run otherrun holds work until", "try again");
        assertThat(account.snapshot()).isEqualTo(held);
    }

    @Test
    void failsWithTheFunctionAsItWasWhenTheAliasMayNotBeMoved() throws Exception {
        onAliasUpdate = new Intervention.FailBefore(LambdaFault.invalid("not allowed to move"));

        Result result = cli().launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).contains("work: failed", "not allowed to move", "best size was found to be");
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void saysThatCleaningIsNeededAndCleansWhenItIsPossibleAgain() throws Exception {
        deletionsFail = true;

        Result result = cli().launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.err()).contains("not allowed to delete", "memtune clean work");

        deletionsFail = false;
        Result cleaned = cli().launch("clean", Account.FUNCTION);
        assertThat(cleaned.exitCode()).as(cleaned.out() + cleaned.err()).isZero();
        assertThat(cleaned.out()).contains("is cleaned up");
        assertThat(account.snapshot().aliases()).hasSize(1);
        assertThat(account.snapshot().versions()).containsAll(before.versions());

        Result again = cli().launch("clean", Account.FUNCTION);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("left anything to clean up");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ResourceNotFoundException | 2 | --table: must be the run store of a deployed stack, in this region and account",
                "AccessDeniedException | 6 | cannot read run",
            })
    void saysWhatIsWrongWithATable(String error, int exitCode, String said) throws Exception {
        HttpServer dynamo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        byte[] answer = ("{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + error + "\", \"message\": \"planned\"}")
                .getBytes(StandardCharsets.UTF_8);
        dynamo.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        dynamo.start();
        try {
            Map<String, String> environment = new HashMap<>(account.environment());
            environment.put(
                    "AWS_ENDPOINT_URL_DYNAMODB",
                    "http://127.0.0.1:" + dynamo.getAddress().getPort());
            Result result = new ChildCli(folder, environment).launch("clean", Account.FUNCTION, "--table", "nowhere");

            assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
            assertThat(result.err()).contains(said, "nowhere").doesNotContain("\tat ", "defect");
        } finally {
            dynamo.stop(0);
        }
    }

    @Test
    void asksBeforeAnythingIsTouchedAndTakesNoForAnAnswer() throws Exception {
        Map<String, String> properties = Map.of(
                "aws.endpointUrlLambda", account.environment().getOrDefault("AWS_ENDPOINT_URL_LAMBDA", ""),
                "aws.region", "us-east-1",
                "aws.accessKeyId", "somebody",
                "aws.secretAccessKey", "something");
        properties.forEach(System::setProperty);
        try {
            Cli cli = new Cli(folder.resolve("state"));
            Result result = cli.answering("n\n", "tune", Account.FUNCTION, "--payload", "{}", "--num", "3");

            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).contains("128, 256, 512, 1024, 1769 MB", "Go on? [y/N]", "Nothing was touched");
            assertThat(calls).doesNotContain("Invoke", "CreateAlias", "UpdateFunctionConfiguration");
            assertThat(account.snapshot()).isEqualTo(before);
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void refusesAFunctionThatIsNotThere() throws Exception {
        Result result = cli().launch("tune", "nobody", "--payload", "{}", "--yes");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("TARGET", "nobody", "AWS_REGION").doesNotContain("\tat ");
    }

    @Test
    void saysThatTheRegionIsMissing() throws Exception {
        Map<String, String> environment = new HashMap<>(account.environment());
        environment.remove("AWS_REGION");

        Result result = new ChildCli(folder, environment).launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("region", "AWS_REGION").doesNotContain("\tat ", "defect");
        assertThat(account.snapshot()).isEqualTo(before);

        Result stack = new ChildCli(folder, environment).launch("status", "--stack", "memtune");
        assertThat(stack.exitCode()).as(stack.err()).isEqualTo(2);
        assertThat(stack.err())
                .contains("AWS configuration: must name a region", "--region")
                .hasSizeLessThan(250);
    }

    @Test
    void saysThatCredentialsAreMissing() throws Exception {
        Map<String, String> environment = new HashMap<>(account.environment());
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.remove("AWS_SECRET_ACCESS_KEY");

        Result result = new ChildCli(folder, environment).launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).contains("credentials", "AWS_PROFILE").doesNotContain("\tat ", "defect");
        assertThat(account.snapshot()).isEqualTo(before);

        Result table = new ChildCli(folder, environment).launch("clean", Account.FUNCTION, "--table", "runs");
        assertThat(table.exitCode()).as(table.err()).isEqualTo(6);
        assertThat(table.err()).contains("no AWS credentials were found").hasSizeLessThan(250);
    }

    @Test
    void saysThatNobodyAnswersAtTheEndpoint() throws Exception {
        Map<String, String> environment = new HashMap<>(account.environment());
        try (ServerSocket taken = new ServerSocket(0)) {
            environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://127.0.0.1:" + taken.getLocalPort());
        }

        Result result = new ChildCli(folder, environment).launch(TUNE);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).contains("no answer from Lambda", "refused").doesNotContain("\tat ", "defect");
        assertThat(Files.exists(folder.resolve("memtune/embedded"))).isFalse();
    }
}
