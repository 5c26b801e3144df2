// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.net.URI;
import java.util.Objects;

/**
 * The bucket where uploads arrive.
 *
 * @param name its name
 * @param region where it is
 * @param url where forms are posted to
 */
public record UploadBucket(String name, String region, URI url) {
    /** Checks that nothing is null. */
    public UploadBucket {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(url, "url");
    }
}
