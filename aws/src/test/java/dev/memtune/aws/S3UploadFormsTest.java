// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.UploadForm;
import dev.memtune.core.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a form allows, and who signs it; that S3 and boto3 see it so too is for the tests that ask them. */
class S3UploadFormsTest {
    private static final UploadBucket BUCKET =
            new UploadBucket("zips", "eu-central-1", URI.create("https://zips.s3.eu-central-1.amazonaws.com/"));
    private static final Instant NOW = Instant.parse("2026-11-26T11:00:00.750Z");
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private static S3UploadForms forms(AwsCredentialsProvider signers) {
        return new S3UploadForms(BUCKET, signers, VALIDITY, () -> NOW);
    }

    @Test
    void allowOneKeyOneTypeAndSoManyBytesForATime() {
        UploadForm form = forms(() -> AwsSessionCredentials.create("id", "secret", "token"))
                .form("alpha", 1_000);

        JsonNode policy = Json.tree(
                Base64.getDecoder().decode(Objects.requireNonNull(form.fields().get("policy"))));
        assertThat(policy.path("expiration").asText()).isEqualTo("2026-11-26T11:15:00Z");
        assertThat(form.expiresAt()).isEqualTo("2026-11-26T11:15:00Z");
        assertThat(policy.path("conditions").toString())
                .contains(
                        "[\"content-length-range\",1,1000]",
                        "{\"Content-Type\":\"application/zip\"}",
                        "{\"bucket\":\"zips\"}",
                        "{\"key\":\"uploads/alpha.zip\"}");
        assertThat(form.url()).isEqualTo(BUCKET.url());
    }

    /** S3 refuses a form with a field that its policy does not speak of, and one that lacks a field that it does. */
    @Test
    void speakOfEveryFieldAndNoOther() {
        UploadForm form = forms(() -> AwsSessionCredentials.create("id", "secret", "token"))
                .form("alpha", 1);

        JsonNode policy = Json.tree(
                Base64.getDecoder().decode(Objects.requireNonNull(form.fields().get("policy"))));
        List<String> told = policy.path("conditions")
                .valueStream()
                .filter(JsonNode::isObject)
                .map(condition -> condition.fieldNames().next())
                .filter(field -> !field.equals("bucket"))
                .toList();
        assertThat(form.fields().keySet())
                .filteredOn(field -> !List.of("policy", "x-amz-signature").contains(field))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void tellNobodyWhatTheyAreSignedWith() {
        UploadForm form = forms(() -> AwsSessionCredentials.create("id", "secret", "token"))
                .form("alpha", 1);

        assertThat(form.toString()).doesNotContain("token", form.fields().get("x-amz-signature"));
        assertThat(Json.write(form)).doesNotContain("secret");
    }

    @Test
    void sayThatNobodyCanSign() {
        S3UploadForms forms = forms(() -> {
            throw SdkClientException.create("no credentials anywhere");
        });

        assertThatExceptionOfType(LambdaFault.Denied.class)
                .isThrownBy(() -> forms.form("alpha", 1))
                .withMessageContaining("no credentials anywhere");
    }

    @Test
    void refuseLimitsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forms(() -> AwsSessionCredentials.create("id", "secret", "token"))
                        .form("alpha", 0))
                .withMessageContaining("maxBytes must be at least 1, got: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3UploadForms(
                        BUCKET, () -> AwsSessionCredentials.create("a", "b", "c"), Duration.ZERO, () -> NOW))
                .withMessageContaining("validity must be positive, got: PT0S");
    }
}
