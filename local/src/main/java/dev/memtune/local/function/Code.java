// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;

/**
 * A deployment package.
 *
 * @param sha256 the SHA-256 of the zip file, base64, as in {@code CodeSha256}
 * @param sizeBytes the size of the zip file, as in {@code CodeSize}
 */
public record Code(String sha256, long sizeBytes) {
    /** Checks that nothing is null. */
    public Code {
        Objects.requireNonNull(sha256, "sha256");
    }
}
