// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.net.URI;
import java.util.Objects;

/** Which Lambda is talked to, and as whom. */
public sealed interface Endpoint {

    /** The SDK's own chain decides: profile, environment, {@code AWS_ENDPOINT_URL_LAMBDA} included. */
    record Default() implements Endpoint {}

    /**
     * A Lambda on this machine that checks neither region nor credentials.
     *
     * @param uri where it answers
     * @param region what it pretends to be
     */
    record Loopback(URI uri, String region) implements Endpoint {
        /** Checks that nothing is null. */
        public Loopback {
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(region, "region");
        }
    }
}
