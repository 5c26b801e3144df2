// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.Saving;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        return content(name, AlgorithmType.TRANSFORM);
    }

    /** What a small upload of a type holds. */
    public static UploadContent content(String name, AlgorithmType type) {
        AlgorithmSettings settings = new AlgorithmSettings(
                "python3.12",
                "handler.handler",
                type,
                null,
                null,
                30,
                Map.of("MODE", "real"),
                List.of(),
                List.of(128, 512),
                7,
                null,
                null);
        String folder = "s3://bucket/checked/" + name;
        return new UploadContent(
                settings, folder + "/code.zip", "sha", folder + "/payloads.json", List.of("small.json"));
    }

    /** A checked upload. */
    public static Arrival checked(String name) {
        return new Arrival.Checked(content(name));
    }

    /** The first state of an algorithm. */
    public static AlgorithmItem uploaded(String name) {
        return AlgorithmItem.first(name, upload(name, "v1", "0A"), checked(name), NOW);
    }

    /** An algorithm that can be tuned. */
    public static AlgorithmItem ready(String name) {
        return uploaded(name).moved(AlgorithmStatus.READY, "deployed", NOW);
    }

    /** What a tuning said that moved {@code prod} for the first time. */
    public static TuningSummary summary(String executionId, String sentence) {
        return new TuningSummary(
                executionId,
                "run",
                512,
                sentence,
                new Saving(1024, 31.5, -2.25, 28.0, 35.0, null, null),
                new ConfidenceNote(true, 0.95, "512 MB is cheapest."),
                "https://lambda-power-tuning.show/#x",
                "7",
                null);
    }
}
