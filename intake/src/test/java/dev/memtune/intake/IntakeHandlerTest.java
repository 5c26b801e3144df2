// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeHandlerTest {
    /** The handler does not look at it. */
    static final Context NO_CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private static final Map<String, String> GOOD = Map.of(
            "metadata.json",
                    "{\"name\": \"alpha\", \"runtime\": \"python3.12\", \"num\": 7, \"memoryValues\": [128, 512]}",
            "handler.py", "def handler(event, context):\n    return event\n",
            "tests/large.json", "{\"n\": 100}",
            "tests/small.json", "{\"n\": 1}");

    private final Shelf shelf = new Shelf();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private final ArrayNode messages = Json.mapper().createArrayNode();

    @Test
    void writesTheItemOfAGoodZip() throws IOException {
        message(shelf.upload("alpha", "v1", "0A", GOOD));

        assertThat(failures()).isEmpty();
        AlgorithmItem item = registry.find("alpha").orElseThrow();
        UploadContent content = item.deployable();
        assertThat(item.status()).isEqualTo(AlgorithmStatus.UPLOADED);
        assertThat(content.settings().memoryValues()).containsExactly(128, 512);
        assertThat(content.settings().num()).isEqualTo(7);
        assertThat(content.tests()).containsExactly("large.json", "small.json");
        String payloads = content.payloads().replace("s3://shelf/", "");
        assertThat(new String(shelf.kept().get(payloads), StandardCharsets.UTF_8))
                .isEqualTo("[{\"name\":\"large.json\",\"weight\":1,\"payload\":{\"n\":100}},"
                        + "{\"name\":\"small.json\",\"weight\":1,\"payload\":{\"n\":1}}]");
        assertThat(shelf.kept()).containsKey(content.code().replace("s3://shelf/", ""));
    }

    @Test
    void listsEverythingThatIsWrong() throws IOException {
        message(shelf.upload(
                "alpha", "v1", "0A", Map.of("metadata.json", "{\"name\": \"no name\", \"runtim\": \"x\"}")));

        assertThat(failures()).isEmpty();
        AlgorithmItem item = registry.find("alpha").orElseThrow();
        assertThat(item.status()).isEqualTo(AlgorithmStatus.REJECTED);
        assertThat(item.problems()).hasSizeGreaterThan(2).anyMatch(line -> line.contains("runtim"));
        assertThat(shelf.kept()).isEmpty();
    }

    @Test
    void refusesAZipNamedOtherwiseThanItsAlgorithm() throws IOException {
        message(shelf.upload("beta", "v1", "0A", GOOD));

        assertThat(failures()).isEmpty();
        assertThat(registry.find("beta").orElseThrow().problems())
                .containsExactly("name: must be the zip's own name, beta, got: alpha. Rename the zip to alpha.zip, or"
                        + " change name in metadata.json");
        assertThat(registry.find("alpha")).isEmpty();
    }

    @Test
    void takesTheSameUploadOnce() throws IOException {
        Upload upload = shelf.upload("alpha", "v1", "0A", GOOD);
        message(upload);
        message(upload);

        assertThat(failures()).isEmpty();
        assertThat(registry.stream()).hasSize(1);
        assertThat(shelf.reads()).isOne();
    }

    @Test
    void keepsTheLaterOfTwoUploadsThatAreToldInTheWrongOrder() throws IOException {
        Upload first = shelf.upload("alpha", "v1", "0A", GOOD);
        Upload second = shelf.upload("alpha", "v2", "0A1", GOOD);
        message(second);
        message(first);

        assertThat(failures()).isEmpty();
        assertThat(registry.find("alpha").orElseThrow().upload()).isEqualTo(second);
        assertThat(registry.stream()).hasSize(1);
    }

    @Test
    void beginsAgainWithALaterUpload() throws IOException {
        registry.put(Items.uploaded("alpha"));
        registry.put(Items.ready("alpha"));
        message(shelf.upload("alpha", "v2", "0B", GOOD));

        assertThat(failures()).isEmpty();
        assertThat(registry.find("alpha").orElseThrow().status()).isEqualTo(AlgorithmStatus.UPLOADED);
    }

    @Test
    void saysThatAnUploadIsGone() throws IOException {
        message(new Upload("bucket", "uploads/alpha.zip", "gone", "0A"));

        assertThat(failures()).isEmpty();
        assertThat(registry.find("alpha").orElseThrow().problems())
                .singleElement()
                .asString()
                .contains("it is not there any more");
    }

    @Test
    void letsAMessageComeAgainWhileTheStoreIsDown() throws IOException {
        message(shelf.upload("alpha", "v1", "0A", GOOD));
        shelf.down(true);
        assertThat(failures()).containsExactly("m1");
        assertThat(registry.all()).isEmpty();

        shelf.down(false);
        assertThat(failures()).isEmpty();
    }

    @Test
    void passesOverWhatIsNoUpload() throws IOException {
        body("{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"bucket\"}");
        message(new Upload("bucket", "uploads/readme.txt", "v1", "0A"));
        message(new Upload("bucket", "elsewhere/alpha.zip", "v1", "0A"));
        body(Json.write(event(new Upload("bucket", "uploads/alpha.zip", "v1", "0A"), "ObjectRemoved:Delete")));

        assertThat(failures()).isEmpty();
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void failsWhatIsNotS3sMessageAndTakesTheOthers() throws IOException {
        body("no JSON");
        message(shelf.upload("alpha", "v1", "0A", GOOD));
        body("{\"hello\": 1}");

        assertThat(failures()).containsExactly("m1", "m3");
        assertThat(log).hasSize(2).allMatch(line -> line.startsWith("message m"));
        assertThat(registry.find("alpha")).isPresent();
    }

    @Test
    void decodesKeys() throws IOException {
        Upload upload = new Upload("bucket", "uploads/a b.zip", "v1", "0A");
        body(Json.write(event(upload, "ObjectCreated:Put")).replace("a b", "a+b"));

        assertThat(failures()).isEmpty();
        assertThat(registry.all()).isEmpty();
    }

    private void message(Upload upload) {
        body(Json.write(event(upload, "ObjectCreated:Put")));
    }

    private static ObjectNode event(Upload upload, String name) {
        ObjectNode event = Json.mapper().createObjectNode();
        ObjectNode s3 =
                event.putArray("Records").addObject().put("eventName", name).putObject("s3");
        s3.putObject("bucket").put("name", upload.bucket());
        s3.putObject("object")
                .put("key", upload.key())
                .put("versionId", upload.versionId())
                .put("sequencer", upload.sequencer());
        return event;
    }

    private void body(String body) {
        messages.addObject().put("messageId", "m" + messages.size()).put("body", body);
    }

    private List<String> failures() throws IOException {
        ObjectNode event = Json.mapper().createObjectNode();
        event.set("Records", messages);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Intake intake = new Intake(shelf, registry, new AlgorithmPackages(PackageLimits.defaults()), () -> Items.NOW);
        new IntakeHandler(intake, log::add)
                .handleRequest(new ByteArrayInputStream(Json.mapper().writeValueAsBytes(event)), answer, NO_CONTEXT);
        List<String> failed = new ArrayList<>();
        Json.tree(answer.toByteArray())
                .path("batchItemFailures")
                .forEach(failure -> failed.add(failure.path("itemIdentifier").asText()));
        return failed;
    }
}
