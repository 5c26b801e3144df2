// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.wire.S3Location;
import java.io.IOException;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads objects of Amazon S3, wherever their bucket is. Needs {@code s3:GetObject}. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 */
public final class AwsObjectSource implements ObjectSource, AutoCloseable {
    private static final int BYTES_PER_MB = 1024 * 1024;
    static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final S3Client s3;
    private final Access access;

    private AwsObjectSource(S3Client s3, Access access) {
        this.s3 = s3;
        this.access = access;
    }

    /** A source at an endpoint; no connection is made yet. */
    public static AwsObjectSource of(Endpoint endpoint) {
        Access access = Access.to(endpoint);
        return new AwsObjectSource(client(access), access);
    }

    /** A client of the buckets of an endpoint, wherever they are. */
    static S3Client client(Access access) {
        S3ClientBuilder builder = Waiting.LONG.configure(S3Client.builder()).crossRegionAccessEnabled(true);
        S3Client client = access.configure(builder).build();
        // An endpoint of the environment's or the profile's counts as well.
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        // Nobody but AWS has names for its buckets; AWS's own command does so too.
        return access.configure(builder.forcePathStyle(true)).build();
    }

    @Override
    public byte[] read(S3Location location, int maxBytes) {
        try {
            return bounded(
                    s3.getObject(request -> request.bucket(location.bucket()).key(location.key())), maxBytes);
        } catch (AwsServiceException e) {
            throw refusal(e);
        } catch (SdkException e) {
            throw Faults.unanswered(e);
        }
    }

    static byte[] bounded(ResponseInputStream<GetObjectResponse> object, int maxBytes) {
        try (object) {
            byte[] bytes = object.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                object.abort();
                throw new Unreadable(
                        String.format(Locale.ROOT, "it has more than %.1f MB", (double) maxBytes / BYTES_PER_MB));
            }
            return bytes;
        } catch (IOException e) {
            throw new LambdaFault.OutcomeUnknown("S3 broke off while the object was read: " + e.getMessage(), e);
        }
    }

    static RuntimeException refusal(AwsServiceException error) {
        return switch (error.statusCode()) {
            case FORBIDDEN -> new Unreadable("access is denied, or it is not there and its bucket may not be listed");
            case NOT_FOUND -> new Unreadable("there is no such bucket or object");
            default ->
                error.statusCode() >= 500
                        ? new LambdaFault.OutcomeUnknown("S3 does not answer: " + error.getMessage(), error)
                        : new Unreadable(String.valueOf(error.getMessage()));
        };
    }

    @Override
    public void close() {
        s3.close();
        access.close();
    }
}
