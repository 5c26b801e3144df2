// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.isolation;

import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket, with an object for every result. Its client is made in every version, so that starting and memory are measured with it. */
final class S3Bucket implements OutAlgorithm.Destination {
    static final String VARIABLE = "MEMTUNE_OUTPUT_BUCKET";

    private final S3Client client =
            S3Client.builder().httpClient(UrlConnectionHttpClient.create()).build();
    private final String name;

    S3Bucket(String name) {
        this.name = name;
    }

    @Override
    public String send(String json) {
        String key = UUID.randomUUID() + ".json";
        client.putObject(
                request -> request.bucket(name).key(key).contentType("application/json"), RequestBody.fromString(json));
        return "{\"bucket\":\"" + name + "\",\"key\":\"" + key + "\"}";
    }
}
