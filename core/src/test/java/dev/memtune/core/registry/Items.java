// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.time.Instant;
import java.util.List;

/** Items for tests. */
public final class Items {
    /** When everything happens. */
    public static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private Items() {}

    /** An upload of {@code uploads/NAME.zip}. */
    public static Upload upload(String name, String versionId, String sequencer) {
        return new Upload("bucket", "uploads/" + name + ".zip", versionId, sequencer);
    }

    /** What a small upload holds. */
    public static UploadContent content(String name) {
        return new UploadContent(
                "{\"name\": \"" + name + "\", \"runtime\": \"python3.12\", \"memoryValues\": [128, 512], \"num\": 7}",
                "s3://bucket/checked/" + name + "/code.zip",
                "s3://bucket/checked/" + name + "/payloads.json",
                List.of("small.json"));
    }

    /** The first state of an algorithm. */
    public static AlgorithmItem uploaded(String name) {
        return AlgorithmItem.first(name, upload(name, "v1", "0A"), content(name), NOW);
    }

    /** An algorithm that can be tuned. */
    public static AlgorithmItem ready(String name) {
        return uploaded(name).moved(AlgorithmStatus.READY, "deployed", NOW);
    }
}
