// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.Objects;

/**
 * One version of an uploaded zip.
 *
 * @param bucket the bucket, or the folder where zips are dropped
 * @param key the object's key, decoded, or the file's name
 * @param versionId the object's version: equal for two notices of one upload, and for no two uploads of one key
 * @param sequencer orders the uploads of one key: hexadecimal digits, compared as S3 says, see {@link #isNewerThan}
 */
public record Upload(String bucket, String key, String versionId, String sequencer) {
    /** Checks that nothing is null and that the sequencer is one. */
    public Upload {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(versionId, "versionId");
        Objects.requireNonNull(sequencer, "sequencer");
        if (!sequencer.matches("[0-9A-Fa-f]{1,64}")) {
            throw new IllegalArgumentException("sequencer must be 1 to 64 hexadecimal digits, got: " + sequencer);
        }
    }

    /**
     * Whether this upload came after the other one of the same key. Notices may come twice and in any order; sequencers tell:
     * the shorter is padded with zeros on its right, then they compare as text
     * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Amazon S3 user
     * guide, event message structure</a>).
     *
     * @throws IllegalArgumentException if the keys differ: sequencers of two keys say nothing
     */
    public boolean isNewerThan(Upload other) {
        if (!key.equals(other.key) || !bucket.equals(other.bucket)) {
            throw new IllegalArgumentException("only uploads of one key have an order, got: " + bucket + "/" + key
                    + " and " + other.bucket + "/" + other.key);
        }
        int length = Math.max(sequencer.length(), other.sequencer.length());
        return padded(sequencer, length).compareToIgnoreCase(padded(other.sequencer, length)) > 0;
    }

    private static String padded(String sequencer, int length) {
        return sequencer + "0".repeat(length - sequencer.length());
    }
}
