// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.port.ReportSource.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FilterLogEvents over HTTP, by CloudWatch Logs' JSON 1.1 protocol. */
class AwsReportSourceTest {
    private static final String ID = "57f231fb-0000-4000-8000-000000000001";
    private static final String REPORT = "REPORT RequestId: " + ID + "\\tDuration: 1.50 ms\\tBilled Duration: 2 ms\\t"
            + "Memory Size: 128 MB\\tMax Memory Used: 30 MB\\t\\n";
    private static final String EMPTY = "{\"events\":[]}";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now = NOW;
    private HttpServer server;
    private AwsReportSource source;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        source = AwsReportSource.of(new Endpoint.Loopback(uri, "us-east-1"), () -> now, duration -> {
            sleeps.add(duration);
            now = now.plus(duration);
        });
    }

    @AfterEach
    void stop() {
        source.close();
        server.stop(0);
    }

    /** One answer per request, the last one for ever; the status is in front of it unless it is 200. */
    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        boolean refused = answer.startsWith("400 ");
        byte[] body = (refused ? answer.substring(4) : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(refused ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String events(String... messages) {
        List<String> events = new ArrayList<>();
        for (String message : messages) {
            events.add("{\"timestamp\":1,\"message\":\"" + message + "\"}");
        }
        return "{\"events\":[" + String.join(",", events) + "]}";
    }

    private static String withToken(String answer, String token) {
        return answer.substring(0, answer.length() - 1) + ",\"nextToken\":\"" + token + "\"}";
    }

    private ReportLookup find(String... script) throws InterruptedException {
        answers.addAll(List.of(script));
        return source.find(new Question("/custom/group", ID, NOW.minusSeconds(3), Duration.ofSeconds(9)));
    }

    private static long billed(ReportLookup lookup) {
        assertThat(lookup).isInstanceOf(ReportLookup.Found.class);
        return ((ReportLookup.Found) lookup).report().billedMs();
    }

    @Test
    void asksTheConfiguredGroupForTheRequestId() throws InterruptedException {
        assertThat(billed(find(events("START RequestId: " + ID + " Version: 3\\n", REPORT))))
                .isEqualTo(2);

        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("Logs_20140328.FilterLogEvents ")
                .contains("\"logGroupName\":\"/custom/group\"")
                .contains("\"filterPattern\":\"\\\"" + ID + "\\\"\"")
                .contains("\"startTime\":" + NOW.minusSeconds(303).toEpochMilli());
        assertThat(sleeps).isEmpty();
    }

    @Test
    void readsOnBehindEmptyPagesWithAToken() throws InterruptedException {
        ReportLookup lookup = find(withToken(EMPTY, "one"), withToken(EMPTY, "two"), events(REPORT));

        assertThat(billed(lookup)).isEqualTo(2);
        assertThat(requests).hasSize(3);
        assertThat(requests.getLast()).contains("\"nextToken\":\"two\"");
        assertThat(sleeps).isEmpty();
    }

    @Test
    void waitsForWhatHasNotArrivedYet() throws InterruptedException {
        assertThat(billed(find(EMPTY, events("END RequestId: " + ID + "\\n"), events(REPORT))))
                .isEqualTo(2);

        assertThat(sleeps).hasSize(2);
    }

    @Test
    void givesUpWhenPatienceIsOver() throws InterruptedException {
        assertThat(find(EMPTY)).isInstanceOf(ReportLookup.Missing.class);

        assertThat(requests).hasSize(5);
        assertThat(Duration.between(NOW, now)).isLessThanOrEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void followsNoEndlessChainOfPages() throws InterruptedException {
        answers.add(withToken(EMPTY, "again"));

        source.find(new Question("/custom/group", ID, NOW, Duration.ZERO));

        assertThat(requests).hasSize(20);
    }

    @Test
    void takesNoReportFromWithinAnotherEvent() throws InterruptedException {
        String imitated = "output of mine\\n" + REPORT;

        assertThat(find(events(imitated))).isInstanceOf(ReportLookup.Missing.class);
    }

    @Test
    void readsAJsonReport() throws InterruptedException {
        String record = "{\\\"type\\\":\\\"platform.report\\\",\\\"record\\\":{\\\"requestId\\\":\\\"" + ID
                + "\\\",\\\"metrics\\\":{\\\"durationMs\\\":1.5,\\\"billedDurationMs\\\":7,\\\"memorySizeMB\\\":128},"
                + "\\\"status\\\":\\\"success\\\"}}";

        assertThat(billed(find(events(record)))).isEqualTo(7);
    }

    @Test
    void sumsUpTheReportsOfAStretchOfTime() {
        String cold = REPORT.replace("\\n", "Init Duration: 80.00 ms\\n").replace(ID, "other");
        answers.addAll(List.of(withToken(events(REPORT), "more"), events(cold)));

        LogSummary summary =
                source.recent("/custom/group", NOW.minusSeconds(60), NOW).orElseThrow();

        assertThat(summary.bySize()).singleElement().satisfies(size -> {
            assertThat(size.count()).isEqualTo(2);
            assertThat(size.cold()).isEqualTo(1);
        });
        assertThat(requests.getFirst())
                .contains("\"filterPattern\":\"?\\\"REPORT RequestId\\\" ?\\\"platform.report\\\"\"")
                .contains("\"startTime\":" + NOW.minusSeconds(60).toEpochMilli())
                .contains("\"endTime\":" + NOW.toEpochMilli());
    }

    @Test
    void hasNoSummaryOfLogsThatItMayNotRead() {
        answers.add("400 {\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");

        assertThat(source.recent("/custom/group", NOW.minusSeconds(60), NOW)).isEmpty();
    }

    @Test
    void saysThatItWasRefusedAndAsksNoMore() throws InterruptedException {
        ReportLookup lookup =
                find("400 {\"__type\":\"AccessDeniedException\",\"message\":\"not authorized to FilterLogEvents\"}");

        assertThat(lookup).isInstanceOfSatisfying(ReportLookup.Missing.class, missing -> assertThat(missing.detail())
                .contains("not authorized"));
        assertThat(requests).hasSize(1);
        assertThat(sleeps).isEmpty();
    }
}
