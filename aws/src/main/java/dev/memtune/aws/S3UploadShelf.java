// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.Upload;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uploads in Amazon S3. Needs {@code s3:GetObjectVersion} where they arrive, {@code s3:ListBucket} to tell what
 * is gone from what may not be read, and {@code s3:PutObject} where their parts are
 * kept, which is under {@value #KEPT} in a bucket of ours. Safe for use by many threads.
 */
public final class S3UploadShelf implements UploadShelf, AutoCloseable {
    /** Where parts are kept; nothing that arrives there is an upload. */
    public static final String KEPT = "checked/";

    private final S3Client s3;
    private final String bucket;
    private final Access access;

    private S3UploadShelf(S3Client s3, String bucket, Access access) {
        this.s3 = s3;
        this.bucket = Objects.requireNonNull(bucket, "bucket");
        this.access = access;
    }

    /**
     * A shelf; no connection is made yet.
     *
     * @param bucket where parts are kept
     */
    public static S3UploadShelf of(Endpoint endpoint, String bucket) {
        Access access = Access.to(endpoint);
        return new S3UploadShelf(AwsObjectSource.client(endpoint, access), bucket, access);
    }

    @Override
    public byte[] read(Upload upload, int maxBytes) {
        try {
            return AwsObjectSource.bounded(
                    s3.getObject(request ->
                            request.bucket(upload.bucket()).key(upload.key()).versionId(upload.versionId())),
                    maxBytes);
        } catch (AwsServiceException e) {
            throw e.statusCode() == AwsObjectSource.FORBIDDEN ? Faults.of(e) : AwsObjectSource.refusal(e);
        } catch (SdkException e) {
            throw Faults.unanswered(e);
        }
    }

    @Override
    public String keep(String key, byte[] bytes) {
        String whole = KEPT + key;
        Faults.translating(
                () -> s3.putObject(request -> request.bucket(bucket).key(whole), RequestBody.fromBytes(bytes)));
        return "s3://" + bucket + "/" + whole;
    }

    @Override
    public void close() {
        s3.close();
        access.close();
    }
}
