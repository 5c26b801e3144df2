// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.isolation;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A standard queue. Its client is made in every version, so that starting and memory are measured with it. */
final class SqsQueue implements OutAlgorithm.Destination {
    private static final String VARIABLE = "MEMTUNE_OUTPUT_QUEUE_URL";

    private final SqsClient client;
    private final String url;

    private SqsQueue(SqsClient client, String url) {
        this.client = client;
        this.url = url;
    }

    static SqsQueue ofEnvironment(Map<String, String> environment) {
        SqsClient client =
                SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
        return new SqsQueue(client, Objects.requireNonNullElse(environment.get(VARIABLE), ""));
    }

    @Override
    public String send(String json) {
        if (url.isEmpty()) {
            throw new IllegalStateException(
                    "the environment variable " + VARIABLE + " must be the queue's URL, got nothing; set it");
        }
        String id = client.sendMessage(request -> request.queueUrl(url).messageBody(json))
                .messageId();
        return "{\"messageId\":\"" + id + "\"}";
    }
}
