// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which Lambda is talked to, and as whom. */
public sealed interface Endpoint {

    /** The SDK's own chain decides: profile, environment, {@code AWS_ENDPOINT_URL_LAMBDA} included. */
    record Default() implements Endpoint {}

    /**
     * An account as a person names it on a command line; what is null, the SDK's own chain decides.
     *
     * @param region such as {@code eu-central-1}; null for the profile's, or the environment's
     * @param profile of AWS's configuration files, whose credentials come before those of the environment; null for none
     * @param endpointUrl where every service is asked instead of at AWS; null for AWS
     * @param roleArn the role that is assumed with those credentials; null for none
     */
    record Account(
            @Nullable String region,
            @Nullable String profile,
            @Nullable URI endpointUrl,
            @Nullable String roleArn) implements Endpoint {}

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
