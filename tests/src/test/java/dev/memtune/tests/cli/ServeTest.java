// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memtune.local.admin.Admin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code memtune serve} as a process of its own, stopped politely and otherwise. */
class ServeTest {
    private static final Pattern EXPORT =
            Pattern.compile("(?m)^export AWS_ENDPOINT_URL_LAMBDA=(http://127\\.0\\.0\\.1:\\d+)$");
    private static final long LIMIT_SECONDS = 120;
    private static final String FUNCTIONS = "/2015-03-31/functions";

    /** Tells its own process id and that of a child in a session of its own, which nobody waits for. */
    private static final String CODE = """
            import os, subprocess, time
            child = subprocess.Popen(['sleep', '1000'], start_new_session=True)
            def h(event, context):
                if 'sleep' in event:
                    open(os.environ['FOLDER'] + '/asleep', 'w').close()
                    time.sleep(event['sleep'])
                return [os.getpid(), child.pid]
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ChildCli.Running> started = new ArrayList<>();
    private ChildCli cli;

    @BeforeEach
    void prepare() {
        Cli.assumeCommand("python3");
        cli = new ChildCli(folder, Map.of());
    }

    @AfterEach
    void stopAll() {
        started.forEach(service -> service.process().destroyForcibly());
        http.close();
    }

    private ChildCli.Running serve(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("serve", "--port", "0"));
        words.addAll(List.of(options));
        ChildCli.Running service = cli.start(words.toArray(String[]::new));
        started.add(service);
        return service;
    }

    private URI endpoint(ChildCli.Running service) {
        assertThat(inTime(() -> printed(service).isPresent())).as("an endpoint").isTrue();
        return printed(service).orElseThrow();
    }

    private static Optional<URI> printed(ChildCli.Running service) {
        Matcher line = EXPORT.matcher(text(service.out()));
        return line.find() ? Optional.of(URI.create(line.group(1))) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(URI endpoint, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isIn(200, 201);
        return JsonMapper.builder().build().readTree(answer.body());
    }

    private void create(URI endpoint, String name) throws IOException, InterruptedException {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(code)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write(CODE.getBytes(StandardCharsets.UTF_8));
        }
        send(endpoint, "POST", FUNCTIONS, """
                {"FunctionName": "%s", "Runtime": "python3.12", "Handler": "app.h", "Timeout": 20,
                 "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ZipFile": "%s"},
                 "Environment": {"Variables": {"FOLDER": "%s"}}}""".formatted(
                        name, Base64.getEncoder().encodeToString(code.toByteArray()), folder));
        assertThat(inTime(() -> state(endpoint, name).equals("Active"))).isTrue();
    }

    private String state(URI endpoint, String name) {
        try {
            return send(endpoint, "GET", FUNCTIONS + "/" + name + "/configuration", "")
                    .path("State")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Invokes a function and gives the processes that it told of, alive. */
    private List<ProcessHandle> processes(URI endpoint, String name) throws IOException, InterruptedException {
        JsonNode ids = send(endpoint, "POST", FUNCTIONS + "/" + name + "/invocations", "{}");
        List<ProcessHandle> processes = new ArrayList<>();
        ids.forEach(id -> processes.add(ProcessHandle.of(id.asLong()).orElseThrow()));
        assertThat(processes).hasSize(2);
        return processes;
    }

    private static boolean inTime(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
        return condition.getAsBoolean();
    }

    private static void assertGone(List<ProcessHandle> processes) {
        assertThat(inTime(() -> processes.stream().noneMatch(ProcessHandle::isAlive)))
                .as("the functions' processes are gone")
                .isTrue();
    }

    @Test
    void saysWhatToSetAndLogsCallsWithoutTheirPayload() throws Exception {
        ChildCli.Running service = serve("--region", "eu-central-1");
        URI endpoint = endpoint(service);
        create(endpoint, "hello");
        send(endpoint, "POST", FUNCTIONS + "/hello/invocations", "{\"secret\": \"swordfish\"}");

        assertThat(inTime(() -> text(service.err()).contains("POST Invoke hello 200 ")))
                .isTrue();
        assertThat(text(service.err())).doesNotContain("swordfish");
        assertThat(text(service.out()))
                .contains("export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=" + endpoint)
                .contains("export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1")
                .contains("export AWS_ACCESS_KEY_ID=");
    }

    @Test
    void takesEveryFunctionAlongWhenItIsStopped() throws Exception {
        ChildCli.Running service = serve();
        URI endpoint = endpoint(service);
        create(endpoint, "hello");
        List<ProcessHandle> processes = processes(endpoint, "hello");
        service.signal("TERM");
        Result result = service.await();

        assertThat(result.exitCode()).isEqualTo(128 + 15);
        assertThat(result.err()).contains("memtune: the Lambda service has stopped, and all functions with it");
        assertGone(processes); // the kernel may still be waiting for somebody to reap a dead orphan
    }

    @Test
    void takesABusyFunctionAlongOnCtrlC() throws Exception {
        ChildCli.Running service = serve();
        URI endpoint = endpoint(service);
        create(endpoint, "hello");
        List<ProcessHandle> processes = processes(endpoint, "hello");
        HttpRequest endless = HttpRequest.newBuilder(URI.create(endpoint + FUNCTIONS + "/hello/invocations"))
                .POST(BodyPublishers.ofString("{\"sleep\": 15}"))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(endless, BodyHandlers.discarding());
        assertThat(inTime(() -> Files.exists(folder.resolve("asleep")))).isTrue();
        service.signal("INT");

        assertThat(service.await().exitCode()).isEqualTo(128 + 2);
        assertGone(processes);
        assertThat(answer).failsWithin(Duration.ofSeconds(LIMIT_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 25})
    void hasEverythingItConfirmedAfterBeingKilledInTheMiddle(int changes) throws Exception {
        ChildCli.Running service = serve();
        URI endpoint = endpoint(service);
        create(endpoint, "hello");
        AtomicInteger published = new AtomicInteger();
        Thread publisher = Thread.startVirtualThread(() -> {
            try {
                for (int i = 1; i < 10_000; i++) {
                    String memory = "{\"MemorySize\": " + (128 + i) + "}";
                    send(endpoint, "PUT", FUNCTIONS + "/hello/configuration", memory);
                    assertThat(inTime(() -> lastUpdate(endpoint).equals("Successful")))
                            .isTrue();
                    published.set(send(endpoint, "POST", FUNCTIONS + "/hello/versions", "{}")
                            .path("Version")
                            .asInt());
                }
            } catch (IOException | UncheckedIOException | InterruptedException e) {
                assertThat(published.get())
                        .as("confirmed before the service was gone: " + e)
                        .isPositive();
            }
        });
        switchTo(endpoint, "{\"updateMs\": 0}");
        assertThat(inTime(() -> published.get() >= changes)).isTrue();
        service.signal("KILL");
        service.await();
        publisher.join();

        URI again = endpoint(serve());
        JsonNode versions =
                send(again, "GET", FUNCTIONS + "/hello/versions", "").path("Versions");
        List<String> numbers = new ArrayList<>();
        versions.forEach(version -> numbers.add(version.path("Version").asText()));
        assertThat(numbers).contains("$LATEST");
        assertThat(numbers.size() - 1).isBetween(published.get(), published.get() + 1);
        assertThat(processes(again, "hello:" + published.get())).hasSize(2);
    }

    private String lastUpdate(URI endpoint) {
        try {
            return send(endpoint, "GET", FUNCTIONS + "/hello/configuration", "")
                    .path("LastUpdateStatus")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void switchTo(URI endpoint, String change) throws IOException, InterruptedException {
        send(endpoint, "PATCH", Admin.PATH + "switches", change);
    }

    @Test
    void leavesNoFunctionBehindAndKeepsThemAllWhenItIsKilled() throws Exception {
        ChildCli.Running service = serve();
        URI endpoint = endpoint(service);
        create(endpoint, "hello");
        List<ProcessHandle> processes = processes(endpoint, "hello");
        service.signal("KILL");
        service.await();
        assertGone(processes);

        URI again = endpoint(serve());
        assertThat(state(again, "hello")).isEqualTo("Active");
        assertThat(processes(again, "hello")).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void refusesAFolderThatAnotherOneUses() throws Exception {
        ChildCli.Running first = serve();
        endpoint(first);
        Result second = serve().await();

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err().lines())
                .singleElement()
                .asString()
                .startsWith("memtune: --data: must be a folder that no other Lambda service uses")
                .contains("Process " + first.process().pid() + " uses it");
        assertThat(second.out()).isEmpty();
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Result result = cli.launch("serve", "--port", port);

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("memtune: --port: must be free on 127.0.0.1, got: " + port);
        }
    }

    @Test
    void refusesAFolderThatIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Result result = cli.launch("serve", "--data", file.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("memtune: --data: must be a folder that can be written, got: " + file);
    }
}
