// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Points clients at an endpoint, with the credentials that belong to it: made once, however many clients there are. What the
 * endpoint does not say, the SDK's own chain decides.
 */
public final class Access implements AutoCloseable {
    /** The JDK keeps 5 idle connections per host; a hundred parallel invocations would open most of theirs anew. */
    private static final String IDLE_CONNECTIONS = "http.maxConnections";

    static {
        if (System.getProperty(IDLE_CONNECTIONS) == null) {
            System.setProperty(IDLE_CONNECTIONS, "128");
        }
    }

    private final Endpoint endpoint;
    private final @Nullable AwsCredentialsProvider credentials;

    private Access(Endpoint endpoint, @Nullable AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /** Access to an endpoint; no connection is made yet. */
    public static Access to(Endpoint endpoint) {
        return new Access(
                endpoint,
                switch (endpoint) {
                    case Endpoint.Default chain -> null;
                    case Endpoint.Loopback loopback ->
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("memtune", "loopback"));
                    case Endpoint.Account account -> credentials(account);
                });
    }

    /** A profile that is named comes before variables of the environment, as with AWS's own command. */
    private static @Nullable AwsCredentialsProvider credentials(Endpoint.Account account) {
        String profile = account.profile();
        String roleArn = account.roleArn();
        AwsCredentialsProvider own = profile == null ? null : ProfileCredentialsProvider.create(profile);
        if (roleArn == null) {
            return own;
        }
        return AssumedRole.of(roleArn, builder -> {
            point(builder, account);
            builder.credentialsProvider(
                    own == null ? DefaultCredentialsProvider.builder().build() : own);
        });
    }

    /** Points a client's builder at the endpoint. */
    public <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
        switch (endpoint) {
            case Endpoint.Default chain -> {}
            case Endpoint.Loopback loopback ->
                builder.endpointOverride(loopback.uri()).region(Region.of(loopback.region()));
            case Endpoint.Account account -> point(builder, account);
        }
        if (credentials != null) {
            builder.credentialsProvider(credentials);
        }
        return builder;
    }

    private static void point(AwsClientBuilder<?, ?> builder, Endpoint.Account account) {
        String profile = account.profile();
        URI url = account.endpointUrl();
        builder.region(account.region() != null ? Region.of(account.region()) : found(profile));
        if (url != null) {
            builder.endpointOverride(url);
        }
    }

    /** As every client of the SDK finds it by itself; but its words for finding none fill a screen. */
    private static Region found(@Nullable String profile) {
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        if (profile != null) {
            chain.profileName(profile);
        }
        try {
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw withoutRegion(e);
        }
    }

    /** What the SDK cannot find is the user's to give. */
    static BadInput withoutRegion(SdkClientException error) {
        String reason = String.valueOf(error.getMessage());
        return new BadInput(List.of(new Problem(
                "AWS configuration",
                "must name a region",
                reason.replaceAll(" from any of the providers in the chain.*", ""),
                "Give --region, set AWS_REGION, or AWS_PROFILE to a profile with a region")));
    }

    @Override
    public void close() {
        if (endpoint instanceof Endpoint.Account account && account.roleArn() != null) {
            AssumedRole.closeIf(credentials);
        }
    }
}
