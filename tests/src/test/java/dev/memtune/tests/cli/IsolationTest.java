// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunes the examples of docs/how-to/isolate-tests.md and then puts them to work. */
class IsolationTest {
    private static final Path GUIDE = Cli.ROOT.resolve("docs/how-to/isolate-tests.md");
    private static final Path PYTHON = Cli.ROOT.resolve("samples/isolation-python");
    private static final Path JAVA = Cli.ROOT.resolve("samples/isolation-java");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(python|java)\n(.*?)```");

    @TempDir
    private Path folder;

    private QueueEndpoint queue;
    private BucketEndpoint bucket;
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        queue = QueueEndpoint.start();
        bucket = BucketEndpoint.start();
        cli = new Cli(folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        queue.close();
        bucket.close();
    }

    @Test
    void pythonSendsUnderProdAndNothingWhileMeasured() throws IOException {
        Path algorithm = python("algorithm_out", "out");
        Files.copy(
                PYTHON.resolve("python/memtune_isolation.py"),
                Files.createDirectory(algorithm.resolve("packages")).resolve("memtune_isolation.py"));

        promote(algorithm);

        sendsOneMessagePerInvocation();
    }

    @Test
    void pythonPutsIntoABucketUnderProdAndNothingWhileMeasured() throws IOException {
        String layer = layer(PYTHON, "python");
        Path algorithm = python("algorithm_out", "out");
        with(algorithm, metadata -> metadata.putArray("layers").add(layer));
        with(algorithm, this::toBucket);

        promote(algorithm);

        putsOneObjectPerInvocation();
    }

    @Test
    void pythonTakesTheRecordsOfAQueueFromALayer() throws IOException {
        String layer = layer(PYTHON, "python");
        Path algorithm = python("algorithm_in", "in");
        with(algorithm, metadata -> metadata.putArray("layers").add(layer));

        promote(algorithm);

        takesRecords();
    }

    @Test
    void javaSendsUnderProdAndNothingWhileMeasured() throws IOException {
        String layer = layer(jars(), "java");
        Path algorithm = java("Sums", "out");
        with(algorithm, metadata -> metadata.putArray("layers").add(layer));

        promote(algorithm);

        sendsOneMessagePerInvocation();
    }

    @Test
    void javaPutsIntoABucketUnderProdAndNothingWhileMeasured() throws IOException {
        String layer = layer(jars(), "java");
        Path algorithm = java("Sums", "out");
        with(algorithm, metadata -> metadata.putArray("layers").add(layer));
        with(algorithm, this::toBucket);

        promote(algorithm);

        putsOneObjectPerInvocation();
    }

    @Test
    void javaTakesTheRecordsOfAQueue() throws IOException {
        Path algorithm = java("Totals", "in");
        Path packages = Files.createDirectory(algorithm.resolve("packages"));
        for (Path jar : jarsOf(jars())) {
            Files.copy(jar, packages.resolve(jar.getFileName()));
        }

        promote(algorithm);

        takesRecords();
    }

    @Test
    void aLayerThatIsNotThereIsRefusedByName() throws IOException {
        Path algorithm = python("algorithm_in", "in");
        String arn = "arn:aws:lambda:us-east-1:000000000000:layer:nowhere:1";
        with(algorithm, metadata -> metadata.putArray("layers").add(arn));

        Result result = cli.launch("tune", algorithm.toString(), "--quiet");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("isolated cannot be deployed to the embedded service", arn);
    }

    private void promote(Path algorithm) {
        Result result = cli.launch("tune", algorithm.toString(), "--promote", "prod", "--quiet");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Promoted: alias prod");
        assertThat(queue.messages()).isEmpty();
        assertThat(bucket.objects()).isEmpty();
    }

    private void toBucket(ObjectNode metadata) {
        metadata.put("output", "bucket");
        ((ObjectNode) metadata.path("environment"))
                .put("MEMTUNE_OUTPUT_BUCKET", BucketEndpoint.NAME)
                .put("AWS_ENDPOINT_URL_S3", bucket.endpoint());
    }

    private void putsOneObjectPerInvocation() throws IOException {
        try (LocalService service = LocalService.over(cli.functions())) {
            service.alias("isolated", "memtune-probe", "prod");

            assertThat(service.invoke("isolated:memtune-probe", "{\"values\": [1, 2, 3]}"))
                    .isEqualTo(json("{\"sum\": 6}"));
            assertThat(bucket.objects()).isEmpty();

            JsonNode put = service.invoke("isolated:prod", "{\"values\": [4, 5]}");
            assertThat(put.path("bucket").asText()).isEqualTo(BucketEndpoint.NAME);
            assertThat(bucket.objects()).containsOnlyKeys(put.path("key").asText());
            assertThat(json(bucket.objects().values().iterator().next())).isEqualTo(json("{\"sum\": 9}"));
            assertThat(queue.messages()).isEmpty();
        }
    }

    private void sendsOneMessagePerInvocation() throws IOException {
        try (LocalService service = LocalService.over(cli.functions())) {
            service.alias("isolated", "memtune-probe", "prod");

            assertThat(service.invoke("isolated:memtune-probe", "{\"values\": [1, 2, 3]}"))
                    .isEqualTo(json("{\"sum\": 6}"));
            assertThat(queue.messages()).isEmpty();

            JsonNode sent = service.invoke("isolated:prod", "{\"values\": [4, 5]}");
            assertThat(queue.messages()).hasSize(1);
            assertThat(json(queue.messages().getFirst())).isEqualTo(json("{\"sum\": 9}"));
            assertThat(sent).isEqualTo(json("{\"messageId\": \"" + QueueEndpoint.MESSAGE_ID + "\"}"));
        }
    }

    private void takesRecords() throws IOException {
        try (LocalService service = LocalService.over(cli.functions())) {
            assertThat(failures(service, "")).containsExactly("m2");
            assertThat(failures(service, ".fifo")).containsExactly("m2", "m3");
        }
    }

    private static List<String> failures(LocalService service, String ending) throws IOException {
        return service.invoke("isolated:prod", """
                        {"Records": [
                          {"messageId": "m1", "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:work%1$s",
                           "eventSource": "aws:sqs", "body": "{\\"values\\": [1, 2]}"},
                          {"messageId": "m2", "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:work%1$s",
                           "eventSource": "aws:sqs", "body": "no JSON"},
                          {"messageId": "m3", "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:work%1$s",
                           "eventSource": "aws:sqs", "body": "{\\"values\\": [3]}"}]}
                        """.formatted(ending)).findValuesAsText("itemIdentifier");
    }

    private Path python(String word, String type) throws IOException {
        Cli.assumeCommand("python3");
        Path algorithm = folder.resolve("algorithm");
        Code.folder(algorithm, Map.of("handler.py", example("python", word)));
        metadata(algorithm, "python3.12", "handler.handler", type);
        with(algorithm, metadata -> ((ObjectNode) metadata.path("environment")).put("PYTHONPATH", boto().toString()));
        return algorithm;
    }

    private Path java(String type, String kind) throws IOException {
        Path source = Code.folder(folder.resolve("source"), Map.of(type + ".java", example("java", type)));
        Path algorithm = Files.createDirectory(folder.resolve("algorithm"));
        String classPath = jarsOf(jars()).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "21",
                        "-cp",
                        classPath,
                        "-d",
                        algorithm.toString(),
                        source.resolve(type + ".java").toString());
        assertThat(compiled).isZero();
        metadata(algorithm, "java21", type, kind);
        return algorithm;
    }

    private void metadata(Path algorithm, String runtime, String handler, String type) throws IOException {
        Code.folder(
                algorithm, Map.of("tests/few.json", "{\"values\": [1]}", "tests/more.json", "{\"values\": [2, 3]}"));
        ObjectNode metadata = Json.mapper().createObjectNode();
        metadata.put("name", "isolated").put("runtime", runtime).put("handler", handler);
        metadata.put("type", type).put("num", 2);
        metadata.putArray("memoryValues").add(1024).add(1769);
        metadata.putObject("environment")
                .put("MEMTUNE_OUTPUT_QUEUE_URL", queue.url())
                .put("AWS_ENDPOINT_URL_SQS", queue.endpoint());
        Files.writeString(algorithm.resolve("metadata.json"), metadata.toString());
    }

    private static void with(Path algorithm, Consumer<ObjectNode> change) throws IOException {
        Path file = algorithm.resolve("metadata.json");
        ObjectNode metadata = (ObjectNode) Json.tree(Files.readAllBytes(file));
        change.accept(metadata);
        Files.writeString(file, metadata.toString());
    }

    /** The example of the guide in which a word occurs. */
    private static String example(String language, String word) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block ->
                        block.group(1).equals(language) && block.group(2).contains(word))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    /** Publishes a folder as a layer and says its ARN. */
    private String layer(Path root, String folder) throws IOException {
        try (LocalService service = LocalService.over(cli.functions())) {
            return service.publishLayer("isolation", zip(root, folder));
        }
    }

    private static byte[] zip(Path root, String folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(root.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    private static Path jars() {
        boolean isBuilt = Files.isDirectory(JAVA.resolve("java/lib"));
        assumeTrue(isBuilt || "true".equals(System.getenv("CI")), JAVA + " is not built yet");
        return JAVA;
    }

    private static List<Path> jarsOf(Path layer) throws IOException {
        try (Stream<Path> files = Files.list(layer.resolve("java/lib"))) {
            return files.sorted().toList();
        }
    }

    /** Where the judges' boto3 is. */
    private static Path boto() {
        Path libraries = Path.of("judges", ".venv", "lib").toAbsolutePath();
        boolean isThere = Files.isDirectory(libraries);
        assumeTrue(isThere || "true".equals(System.getenv("CI")), "no boto3; run tests/judges/install.sh");
        try (Stream<Path> versions = Files.list(libraries)) {
            return versions.findFirst().orElseThrow().resolve("site-packages");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + libraries, e);
        }
    }

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }
}
