// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.RunRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who signs what: the profile's credentials, and those of a role that is assumed with them. */
class AccessTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/memtune";
    private static final List<String> PROPERTIES = List.of(
            "aws.configFile",
            "aws.sharedCredentialsFile",
            "aws.endpointUrl",
            "aws.region",
            "aws.accessKeyId",
            "aws.secretAccessKey");

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> saved = new HashMap<>();
    private volatile boolean isRoleDenied;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        for (String property : PROPERTIES) {
            saved.put(property, System.getProperty(property, ""));
        }
        Path config = Files.writeString(folder.resolve("config"), "[profile team-a]\nregion = eu-north-1\n");
        Path credentials = Files.writeString(
                folder.resolve("credentials"), "[team-a]\naws_access_key_id = TEAMKEY\naws_secret_access_key = x\n");
        System.setProperty("aws.configFile", config.toString());
        System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        saved.forEach((property, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    /** STS where the body asks for a role, Lambda otherwise; notes who signed for which region. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replaceFirst(".*Credential=([^/]+)/\\d+/([^/]+)/([^/]+)/.*", "$1 $2 $3");
        requests.add(signed);
        boolean isSts = body.contains("Action=AssumeRole");
        int status = isSts && isRoleDenied ? 403 : 200;
        byte[] answer = (isSts
                        ? sts()
                        : "{\"FunctionName\":\"work\",\"FunctionArn\":\"arn:aws:lambda:eu-north-1:"
                                + "123456789012:function:work\",\"Version\":\"$LATEST\",\"MemorySize\":512,\"Timeout\":3}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", isSts ? "text/xml" : "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String sts() {
        return isRoleDenied
                ? "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: me is not authorized"
                        + " to perform: sts:AssumeRole on resource: " + ROLE + "</Message></Error></ErrorResponse>"
                : "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLEKEY</AccessKeyId>"
                        + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                        + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }

    private LambdaClients clients(@Nullable String region, @Nullable String roleArn) {
        return LambdaClients.of(new Endpoint.Account(region, "team-a", URI.create(url()), roleArn));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void read(LambdaClients clients) {
        new AwsFunctionControl(clients, warning -> {}).configuration("work", FunctionConfiguration.LATEST);
    }

    @Test
    void signsWithTheProfilesCredentialsForItsRegion() {
        try (LambdaClients clients = clients(null, null)) {
            read(clients);
        }
        assertThat(requests).containsExactly("TEAMKEY eu-north-1 lambda");
    }

    @Test
    void aRegionThatIsNamedComesBeforeTheProfiles() {
        try (LambdaClients clients = clients("eu-west-3", null)) {
            read(clients);
        }
        assertThat(requests).containsExactly("TEAMKEY eu-west-3 lambda");
    }

    @Test
    void assumesTheRoleOnceWithTheProfilesCredentials() {
        try (LambdaClients clients = clients("eu-west-3", ROLE)) {
            read(clients);
            read(clients);
        }
        assertThat(requests)
                .containsExactly("TEAMKEY eu-west-3 sts", "ROLEKEY eu-west-3 lambda", "ROLEKEY eu-west-3 lambda");
    }

    /** A deployed step finds its own role, region and endpoints as the SDK does. */
    private static StepPorts deployed(RunStore store, String url) {
        System.setProperty("aws.endpointUrl", url);
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "STEPKEY");
        System.setProperty("aws.secretAccessKey", "x");
        return new StepPorts(Map.of("AWS_REGION", "eu-west-1"), new Endpoint.Default(), new Throttles(), store);
    }

    private static RunRef run(RunStore store, String runId, String region, String more) {
        String arn = "arn:aws:lambda:" + region + ":210987654321:function:work";
        Run run = TuningRuns.run(runId, "{\"lambdaARN\":\"" + arn + "\",\"payload\":{}" + more + "}");
        store.create(new Run(
                runId,
                run.executionId(),
                arn,
                run.before(),
                0,
                null,
                run.input(),
                1,
                run.startedAt(),
                run.expiresAt()));
        return new RunRef(runId, arn, 1);
    }

    @Test
    void aDeployedStepAsksAsTheRunsRoleInTheFunctionsRegion() throws InterruptedException {
        RunStore store = new InMemoryRunStore();
        ByAccount<ReportSource> logs = ByAccount.of(deployed(store, url()), StepPorts::logs);
        ByAccount<FunctionControl> controls = ByAccount.of(deployed(store, url()), own -> own.control(own.clients()));
        RunRef own = run(store, "own", "eu-west-1", "");
        RunRef elsewhere = run(store, "elsewhere", "eu-north-1", "");
        RunRef foreign = run(store, "foreign", "eu-north-1", ",\"assumeRoleArn\":\"" + ROLE + "\"");

        for (RunRef ref : List.of(own, elsewhere, foreign, foreign)) {
            controls.of(ref).configuration(ref.function(), FunctionConfiguration.LATEST);
        }
        logs.of(foreign).past(new ReportSource.Lookback("/aws/lambda/work", Set.of("1"), Instant.EPOCH, 1));

        assertThat(requests)
                .containsExactly(
                        "STEPKEY eu-west-1 lambda",
                        "STEPKEY eu-north-1 lambda",
                        "STEPKEY eu-north-1 sts",
                        "ROLEKEY eu-north-1 lambda",
                        "ROLEKEY eu-north-1 lambda",
                        "STEPKEY eu-north-1 sts",
                        "ROLEKEY eu-north-1 logs");
    }

    @Test
    void aDeployedStepKeepsWhatItMadeForARoleWithinABound() {
        ByAccount<Object> all = ByAccount.of(deployed(new InMemoryRunStore(), url()), ports -> new Object());
        Object first = all.of("work", ROLE);
        assertThat(all.of("other", ROLE)).isSameAs(first);
        for (int i = 0; i < ByAccount.MOST; i++) {
            all.of("work", ROLE + i);
        }
        assertThat(all.of("work", ROLE)).isNotSameAs(first);
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        ByAccount<Object> all = ByAccount.of(deployed(new InMemoryRunStore(), url()), ports -> new Object());
        assertThatThrownBy(() -> all.of(new RunRef("lost", "work", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lost");
    }

    @Test
    void saysThatTheRoleMayNotBeAssumed() {
        isRoleDenied = true;
        try (LambdaClients clients = clients("eu-west-3", ROLE)) {
            assertThatThrownBy(() -> read(clients))
                    .isInstanceOf(LambdaFault.Denied.class)
                    .hasMessageContaining("sts:AssumeRole");
        }
    }
}
