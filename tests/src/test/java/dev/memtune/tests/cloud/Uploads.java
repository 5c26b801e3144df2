// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import dev.memtune.tests.cli.ChildCli;
import dev.memtune.tests.cli.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people do with a stack that takes uploads, and see of it.
 *
 * @param stack deployed with {@code Uploads=true}
 * @param folder where a laptop keeps its files
 */
record Uploads(DeployedStack stack, Path folder) {
    static final int SECONDS = 480;

    static final Map<String, Object> METADATA =
            Map.of("runtime", "python3.12", "memoryValues", List.of(256, 512), "num", 5);
    static final Map<String, Object> TESTS = Map.of("usual.json", Map.of(), "short.json", Map.of("n", 1));
    /** Long enough for something to happen meanwhile. */
    static final Map<String, Object> SLOW = Map.of("slow.json", Map.of("sleepSeconds", 2));

    /** Puts a zip into the bucket and returns its version. */
    String upload(String name, Map<String, ?> metadata, Map<String, ?> tests, int edition) throws IOException {
        return does("upload", Map.of("name", name, "metadata", metadata, "tests", tests, "edition", edition))
                .path("versionId")
                .asText();
    }

    String upload(String name, int edition) throws IOException {
        return upload(name, METADATA, TESTS, edition);
    }

    /** Waits until the item of this version of the zip has one of the statuses. */
    JsonNode reached(String name, String statuses, String version) throws IOException {
        return within("reached", Map.of("name", name, "statuses", statuses.split(","), "version", version));
    }

    /** Waits for the executions whose names begin so, and returns how they ended. */
    List<String> executions(String prefix) throws IOException {
        return within("executions", Map.of("prefix", prefix))
                .propertyStream()
                .map(one -> one.getValue().asText())
                .toList();
    }

    /** Waits for a message of a queue that has a text in it. */
    String told(String queue, String text) throws IOException {
        return within("undelivered", Map.of("queue", queue, "text", text))
                .path("body")
                .asText();
    }

    /** Waits for what a function has written about a message. */
    List<String> worked(String function, String body) throws IOException {
        return within("worked", Map.of("function", function, "text", body))
                .path("lines")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** What {@code prod} answers. */
    int edition(String function) throws IOException {
        return does("serves", Map.of("function", function)).path("edition").asInt();
    }

    /** Does something that may take its time. */
    JsonNode within(String what, Map<String, ?> with) throws IOException {
        Map<String, Object> patient = new HashMap<>(with);
        patient.put("seconds", SECONDS);
        return does(what, patient);
    }

    JsonNode does(String what, Map<String, ?> with) throws IOException {
        return stack.customer().does(what, with);
    }

    /** The command line, asking this account. Buckets of localhost have no names of their own. */
    ChildCli laptop() {
        Map<String, String> account = new HashMap<>(Clone.ENVIRONMENT);
        account.put("AWS_ENDPOINT_URL", "http://localhost:" + stack.gateway().getPort());
        return new ChildCli(folder, account);
    }

    /** {@code memtune upload} of a zip, under way. */
    ChildCli.Running sent(String name, int edition) throws IOException {
        return laptop().start("upload", zip(name, edition).toString(), "--stack", "memtune");
    }

    /** A zip on the laptop. */
    private Path zip(String name, int edition) throws IOException {
        Map<String, Object> metadata = new LinkedHashMap<>(METADATA);
        metadata.put("name", name);
        String handler = "def handler(event, context):\n    return {'edition': " + edition + "}\n";
        return Code.zip(
                folder.resolve(name + ".zip"),
                Map.of("metadata.json", Json.write(metadata), "handler.py", handler, "tests/usual.json", "{}"));
    }
}
