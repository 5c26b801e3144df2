// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.S3UploadForms;
import dev.memtune.aws.UploadBucket;
import dev.memtune.core.port.UploadForm;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** boto3 makes the same form at the same moment, and botocore signs our policy as we do. */
class UploadFormJudgeTest {
    private static final String ID = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final int MAX_BYTES = 262_144_000;
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, 2026-11-26T11:00:00Z, to/ken+of/a==role",
        "us-east-1, 2026-02-28T23:59:59Z,",
        "cn-north-1, 2028-12-31T23:50:00Z, token",
    })
    void boto3MakesTheSameForm(String region, Instant now, @Nullable String token) throws Exception {
        Program.PYTHON.require();
        AwsCredentials signer = token == null
                ? AwsBasicCredentials.create(ID, SECRET)
                : AwsSessionCredentials.create(ID, SECRET, token);
        UploadForm ours = new S3UploadForms(
                        new UploadBucket("zips", region, URI.create("https://zips.example/")),
                        StaticCredentialsProvider.create(signer),
                        VALIDITY,
                        () -> now)
                .form("alpha", MAX_BYTES);
        ObjectNode asked = Json.mapper()
                .createObjectNode()
                .put("region", region)
                .put("bucket", "zips")
                .put("key", "uploads/alpha.zip")
                .put("type", "application/zip")
                .put("maxBytes", MAX_BYTES)
                .put("seconds", VALIDITY.toSeconds())
                .put("now", now.toString())
                .put("accessKey", ID)
                .put("secretKey", SECRET)
                .put("token", token)
                .put("policy", ours.fields().get("policy"));
        JsonNode answer = judged(asked);

        assertThat(ours.fields().get("x-amz-signature"))
                .isEqualTo(answer.path("signature").asText());
        JsonNode theirs = answer.path("form").path("fields");
        assertThat(policy(ours.fields().get("policy")))
                .isEqualTo(policy(theirs.path("policy").asText()));
        assertThat(others(Json.mapper().valueToTree(ours.fields()))).isEqualTo(others((ObjectNode) theirs));
    }

    private static JsonNode judged(ObjectNode asked) throws IOException, InterruptedException {
        Program.Result result = Program.PYTHON.run(Map.of(), List.of("form_judge.py", Json.write(asked)));
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return Json.tree(result.output().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode policy(@Nullable String encoded) {
        return Json.tree(Base64.getDecoder().decode(Objects.requireNonNull(encoded)));
    }

    /** Blanks in the policy are free, so it and its signature differ. */
    private static ObjectNode others(ObjectNode fields) {
        return fields.deepCopy().remove(List.of("policy", "x-amz-signature"));
    }
}
