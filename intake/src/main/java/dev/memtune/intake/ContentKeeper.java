// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.algorithm.TestEvent;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Takes a package apart and keeps its code and its test events. */
final class ContentKeeper {
    private static final int FOLDER_BYTES = 8;

    private ContentKeeper() {}

    static UploadContent keep(UploadShelf shelf, Upload upload, AlgorithmPackage algorithm) {
        byte[] code = algorithm.deployableZip();
        String folder = algorithm.name() + "/" + folder(upload);
        return new UploadContent(
                AlgorithmSettings.of(algorithm),
                shelf.keep(folder + "/code.zip", code),
                Base64.getEncoder().encodeToString(sha256(code)),
                shelf.keep(folder + "/payloads.json", payloads(algorithm.testEvents())),
                algorithm.testEvents().stream().map(TestEvent::name).toList());
    }

    /** One for every upload; version ids have characters that keys should not. */
    private static String folder(Upload upload) {
        byte[] digest = sha256(upload.versionId().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, FOLDER_BYTES);
    }

    /** Every test event, each as often as the others. */
    private static byte[] payloads(List<TestEvent> events) {
        ArrayNode list = Json.mapper().createArrayNode();
        for (TestEvent event : events) {
            list.addObject()
                    .put("name", event.name())
                    .put("weight", 1)
                    .set("payload", Json.tree(event.json().getBytes(StandardCharsets.UTF_8)));
        }
        return Json.write(list).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
