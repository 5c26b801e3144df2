// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.Upload;
import java.nio.file.Path;
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

    /** Where uploads arrive. */
    private static final String ARRIVED = "uploads/";

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
        return new S3UploadShelf(AwsObjectSource.client(access), bucket, access);
    }

    /** The key by which an algorithm's zip arrives. */
    static String key(String name) {
        return ARRIVED + name + ".zip";
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

    /**
     * Puts a zip where uploads arrive, as anybody may who has {@code s3:PutObject} there.
     *
     * @param name the algorithm's
     * @return the object's version: that of its {@link Upload}, and of no other
     * @throws LambdaFault.Unsupported if the bucket keeps no versions
     * @throws LambdaFault if S3 refuses it, or does not answer
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</a>
     */
    public String upload(String name, Path zip) {
        String version = Faults.translating(
                        "S3",
                        () -> s3.putObject(request -> request.bucket(bucket).key(key(name)), zip))
                .versionId();
        if (version == null) {
            throw new LambdaFault.Unsupported(
                    "bucket " + bucket + " must keep versions, got an object without one; switch versioning on", null);
        }
        return version;
    }

    @Override
    public void close() {
        s3.close();
        access.close();
    }
}
