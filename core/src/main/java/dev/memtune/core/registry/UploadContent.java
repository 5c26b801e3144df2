// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.List;
import java.util.Objects;

/**
 * What a checked upload holds, and where the parts of it are that an item is too small for.
 *
 * @param settings how it is deployed and tuned
 * @param code where the deployable code is, {@code s3://bucket/key}
 * @param codeSha256 the code's hash, as Lambda tells it: SHA-256 in Base64
 * @param payloads where the test events are, as one weighted payload list, {@code s3://bucket/key}
 * @param tests the names of the test events, in the order of the list
 */
public record UploadContent(
        AlgorithmSettings settings, String code, String codeSha256, String payloads, List<String> tests) {
    /** Checks that nothing is null, and copies the list. */
    public UploadContent {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(codeSha256, "codeSha256");
        Objects.requireNonNull(payloads, "payloads");
        tests = List.copyOf(tests);
    }
}
