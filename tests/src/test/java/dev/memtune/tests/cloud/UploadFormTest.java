// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.aws.Access;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.S3UploadForms;
import dev.memtune.aws.UploadBucket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Forms on an independent S3, which checks signature and policy of each. */
class UploadFormTest {
    private static final String REGION = "us-east-1";
    private static final String BUCKET = "zips";
    private static final int MAX_BYTES = 100;
    private static final byte[] ZIP = "as good as a zip, for S3".getBytes(StandardCharsets.UTF_8);

    /** Whose everything is there. */
    private static final StaticCredentialsProvider OWNER =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private static Emulator emulator;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        Tools.require();
        emulator = Emulator.start();
        s3 = Access.to(new Endpoint.Loopback(emulator.gateway(), REGION))
                .configure(S3Client.builder().forcePathStyle(true))
                .credentialsProvider(OWNER)
                .build();
        s3.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            s3.close();
            emulator.close();
        }
    }

    private static FormPost form(String name, InstantSource clock) {
        URI url = URI.create(emulator.gateway() + "/" + BUCKET + "/");
        S3UploadForms forms =
                new S3UploadForms(new UploadBucket(BUCKET, REGION, url), OWNER, Duration.ofMinutes(15), clock);
        return FormPost.of(forms.form(name, MAX_BYTES));
    }

    private static long uploads(String name) {
        return s3.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .filter(object -> object.key().contains(name))
                .count();
    }

    @Test
    void putsAZipWhereUploadsArrive() throws Exception {
        HttpResponse<String> answer = form("alpha", InstantSource.system()).send(ZIP);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        ResponseBytes<GetObjectResponse> object =
                s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("uploads/alpha.zip"));
        assertThat(object.asByteArray()).isEqualTo(ZIP);
        assertThat(object.response().contentType()).isEqualTo("application/zip");
    }

    @ParameterizedTest
    @CsvSource({
        "key, uploads/alpha-refused.zip, AccessDenied",
        "key, checked/refused/code.zip, AccessDenied",
        "Content-Type, text/html, AccessDenied",
        "acl, public-read, AccessDenied",
        "x-amz-meta-more, refused, AccessDenied",
        "policy, e30=, SignatureDoesNotMatch",
        "x-amz-date, 20200101T000000Z, InvalidArgument",
    })
    void takesNothingElse(String field, String value, String error) throws Exception {
        HttpResponse<String> answer =
                form("refused", InstantSource.system()).with(field, value).send(ZIP);

        assertThat(answer.body()).contains("<Code>" + error + "</Code>");
        assertThat(answer.statusCode()).isBetween(400, 403);
        assertThat(uploads("refused")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, EntityTooSmall", "101, EntityTooLarge"})
    void takesNoOtherSize(int bytes, String error) throws Exception {
        HttpResponse<String> answer = form("unsized", InstantSource.system()).send(new byte[bytes]);

        assertThat(answer.body()).contains("<Code>" + error + "</Code>");
        assertThat(uploads("unsized")).isZero();
    }

    @Test
    void takesNothingAfterItsEnd() throws Exception {
        InstantSource early = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-16));
        HttpResponse<String> answer = form("late", early).send(ZIP);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Policy expired");
        assertThat(uploads("late")).isZero();
    }
}
