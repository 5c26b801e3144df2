// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The credentials of a role that is assumed, renewed before they expire. The only class that needs the client of AWS STS, so
 * that who assumes no role need not ship it.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
final class AssumedRole implements AwsCredentialsProvider, AutoCloseable {
    private static final String SESSION = "memtune";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider credentials;

    private AssumedRole(StsClient sts, StsAssumeRoleCredentialsProvider credentials) {
        this.sts = sts;
        this.credentials = credentials;
    }

    /**
     * Nothing is asked for until the first request is to be signed.
     *
     * @param caller says where STS is and as whom it is asked
     */
    static AssumedRole of(String roleArn, Consumer<StsClientBuilder> caller) {
        StsClientBuilder builder = StsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER));
        caller.accept(builder);
        StsClient sts = builder.build();
        return new AssumedRole(
                sts,
                StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(request -> request.roleArn(roleArn).roleSessionName(SESSION))
                        .build());
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return credentials.resolveCredentials();
    }

    /** Closes credentials that are a role's. */
    static void closeIf(@Nullable AwsCredentialsProvider credentials) {
        if (credentials instanceof AssumedRole role) {
            role.close();
        }
    }

    @Override
    public void close() {
        credentials.close();
        sts.close();
    }
}
