// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.UploadForm;
import dev.memtune.core.port.UploadForms;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Forms that Amazon S3 takes in place of a signed request. A form has the rights of whose credentials signed it, {@code
 * s3:PutObject} where uploads arrive, bounded by its own policy: one key, one type, a most of bytes, an end. It ends earlier
 * if the credentials do. Nothing is asked of AWS. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST Object</a>
 */
public final class S3UploadForms implements UploadForms {
    private static final String TYPE = "application/zip";

    private final UploadBucket bucket;
    private final AwsCredentialsProvider signers;
    private final Duration validity;
    private final InstantSource clock;

    /**
     * @param signers whose rights the forms have
     * @param validity how long a form is taken, positive
     * @param clock tells when a form is signed
     */
    public S3UploadForms(UploadBucket bucket, AwsCredentialsProvider signers, Duration validity, InstantSource clock) {
        this.bucket = Objects.requireNonNull(bucket, "bucket");
        this.signers = Objects.requireNonNull(signers, "signers");
        this.validity = Objects.requireNonNull(validity, "validity");
        this.clock = Objects.requireNonNull(clock, "clock");
        if (!validity.isPositive()) {
            throw new IllegalArgumentException("validity must be positive, got: " + validity);
        }
    }

    /** Forms for a bucket, with the rights of this process. */
    public static S3UploadForms ofProcess(String bucket, Duration validity, InstantSource clock) {
        Endpoint own = new Endpoint.Default();
        try (Access access = Access.to(own);
                S3Client s3 = AwsObjectSource.client(access)) {
            String region = s3.serviceClientConfiguration().region().id();
            UploadBucket there = new UploadBucket(bucket, region, url(s3, bucket));
            return new S3UploadForms(there, DefaultCredentialsProvider.builder().build(), validity, clock);
        }
    }

    /** The SDK tells the URLs of objects; a bucket's own is what is before the key. */
    private static URI url(S3Client s3, String bucket) {
        String key = "key";
        String object = s3.utilities()
                .getUrl(request -> request.bucket(bucket).key(key))
                .toString();
        return URI.create(object.substring(0, object.length() - key.length()));
    }

    @Override
    public UploadForm form(String name, long maxBytes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        SignatureV4 signature = new SignatureV4(signer(), bucket.region(), "s3", now);
        PostPolicy policy = new PostPolicy(bucket.name(), S3UploadShelf.key(name), TYPE, maxBytes, now.plus(validity));
        String encoded = policy.encoded(signature.fields());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", policy.key());
        fields.put("Content-Type", policy.contentType());
        fields.putAll(signature.fields());
        fields.put("policy", encoded);
        fields.put("x-amz-signature", signature.of(encoded));
        return new UploadForm(bucket.url(), fields, policy.expiresAt());
    }

    private AwsCredentials signer() {
        try {
            return signers.resolveCredentials();
        } catch (SdkException e) {
            throw new LambdaFault.Denied("there are no credentials to sign a form with: " + e.getMessage(), e);
        }
    }
}
