// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.List;
import java.util.Objects;

/**
 * What a checked upload holds, and where the parts of it are that an item is too small for.
 *
 * @param metadata {@code metadata.json}, as JSON text
 * @param code where the deployable code is, {@code s3://bucket/key}
 * @param payloads where the test events are, as one weighted payload list, {@code s3://bucket/key}
 * @param tests the names of the test events, in the order of the list
 */
public record UploadContent(String metadata, String code, String payloads, List<String> tests) {
    /** Checks that nothing is null, and copies the list. */
    public UploadContent {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(payloads, "payloads");
        tests = List.copyOf(tests);
    }
}
