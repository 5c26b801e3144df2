// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A form that puts one zip where uploads arrive, signed: whoever has it needs no other right.
 *
 * @param url where it is posted to, as {@code multipart/form-data}
 * @param fields what is sent before the field {@code file}, in this order
 * @param expiresAt until when it is taken
 */
public record UploadForm(URI url, Map<String, String> fields, Instant expiresAt) {
    /** Checks that nothing is null. */
    public UploadForm {
        Objects.requireNonNull(url, "url");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Without the fields, which nobody should find in a log. */
    @Override
    public String toString() {
        return "UploadForm[url=" + url + ", expiresAt=" + expiresAt + "]";
    }
}
