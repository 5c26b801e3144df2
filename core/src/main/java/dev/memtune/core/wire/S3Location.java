// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an object is kept in Amazon S3; {@code s3://bucket/key} in JSON. The key is taken as it stands, {@code ?}, {@code #}
 * and {@code %} included.
 *
 * <p>Rules: <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">bucket names</a>, <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">object keys</a>.
 *
 * @param bucket its bucket
 * @param key its key, 1 to 1,024 characters
 */
public record S3Location(String bucket, String key) {
    /** The form in JSON, as a regular expression that Java and JSON Schema read alike. */
    public static final String FORM = "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[\\s\\S]{1,1024}$";

    private static final String SCHEME = "s3://";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    /** Checks that nothing is null. */
    public S3Location {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }

    /** The location that this text is, or empty if it is none. */
    public static Optional<S3Location> of(String text) {
        Matcher form = PATTERN.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int slash = text.indexOf('/', SCHEME.length());
        return Optional.of(new S3Location(text.substring(SCHEME.length(), slash), text.substring(slash + 1)));
    }

    /** Reads a stored location. @throws IllegalArgumentException if it is none */
    @JsonCreator
    static S3Location parse(String text) {
        return of(text).orElseThrow(() -> new IllegalArgumentException("must be s3://bucket/key, got: " + text));
    }

    @JsonValue
    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
