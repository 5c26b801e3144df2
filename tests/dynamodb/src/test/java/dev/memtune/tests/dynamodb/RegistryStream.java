// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads a stream and writes its records as Lambda delivers them. */
final class RegistryStream implements AutoCloseable {
    private static final int PAGES_MAX = 20;

    private final DynamoDbStreamsClient streams;

    RegistryStream(URI endpoint) {
        this.streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("memtune", "loopback")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Every record so far. */
    String event(String streamArn) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Shard shard : streams.describeStream(request -> request.streamArn(streamArn))
                .streamDescription()
                .shards()) {
            String iterator = streams.getShardIterator(request -> request.streamArn(streamArn)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            read(iterator, records, streamArn);
        }
        return Json.write(event);
    }

    private void read(String first, ArrayNode records, String streamArn) {
        String iterator = first;
        for (int page = 0; page < PAGES_MAX && iterator != null; page++) {
            String present = iterator;
            var answer = streams.getRecords(request -> request.shardIterator(present));
            answer.records().forEach(record -> write(record, records.addObject(), streamArn));
            iterator = answer.records().isEmpty() ? null : answer.nextShardIterator();
        }
    }

    private static void write(Record record, ObjectNode into, String streamArn) {
        into.put("eventID", record.eventID());
        into.put("eventName", record.eventNameAsString());
        into.put("eventVersion", record.eventVersion());
        into.put("eventSource", record.eventSource());
        into.put("awsRegion", record.awsRegion());
        into.put("eventSourceARN", streamArn);
        ObjectNode data = into.putObject("dynamodb");
        // Lambda delivers seconds, with a fraction or without.
        data.put(
                "ApproximateCreationDateTime",
                record.dynamodb().approximateCreationDateTime().toEpochMilli() / 1e3);
        data.put("SequenceNumber", record.dynamodb().sequenceNumber());
        data.put("SizeBytes", record.dynamodb().sizeBytes());
        data.put("StreamViewType", record.dynamodb().streamViewTypeAsString());
        write(record.dynamodb().keys(), data.putObject("Keys"));
        if (record.dynamodb().hasOldImage()) {
            write(record.dynamodb().oldImage(), data.putObject("OldImage"));
        }
        if (record.dynamodb().hasNewImage()) {
            write(record.dynamodb().newImage(), data.putObject("NewImage"));
        }
    }

    private static void write(Map<String, AttributeValue> image, ObjectNode into) {
        for (String name : List.copyOf(image.keySet())) {
            AttributeValue value = image.get(name);
            if (value != null) {
                into.putObject(name).put(value.n() == null ? "S" : "N", value.n() == null ? value.s() : value.n());
            }
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
