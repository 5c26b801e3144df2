// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.registry.Items;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AWS's own serializers write the events, and read the answers. */
class AwsEventsTest {
    private final List<String> log = new ArrayList<>();

    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, AwsEventsTest.class.getClassLoader());
    }

    private static <T> byte[] event(Class<T> type, T event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        serializer(type).toJson(event, bytes);
        return bytes.toByteArray();
    }

    /** The answer as Lambda reads it. */
    private static <T> T answer(Class<T> type, T answer) {
        return serializer(type).fromJson(Json.write(answer));
    }

    private static Map<String, AttributeValue> image(AlgorithmItem item) {
        return Map.of(
                "name",
                new AttributeValue(item.name()),
                ItemForm.DOCUMENT,
                new AttributeValue(Json.write(item)),
                "revision",
                new AttributeValue().withN(String.valueOf(item.revision())),
                "bytes",
                new AttributeValue().withB(ByteBuffer.wrap(new byte[] {1, 2})));
    }

    private static DynamodbStreamRecord record(String number, StreamRecord data) {
        DynamodbStreamRecord record = new DynamodbStreamRecord();
        record.setEventID("event-" + number);
        record.setEventName("MODIFY");
        record.setEventSourceARN("arn:aws:dynamodb:eu-central-1:123456789012:table/registry/stream/label");
        record.setDynamodb(data.withSequenceNumber(number)
                .withApproximateCreationDateTime(Date.from(Instant.parse("2026-11-26T11:00:00Z")))
                .withSizeBytes(100L));
        return record;
    }

    @Test
    void changesAreThoseOfADynamodbEvent() {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(List.of(
                record("1", new StreamRecord().withNewImage(image(Items.uploaded("alpha")))),
                record(
                        "2",
                        new StreamRecord()
                                .withOldImage(image(Items.uploaded("alpha")))
                                .withNewImage(image(Items.ready("alpha")))),
                record("3", new StreamRecord().withOldImage(image(Items.ready("alpha"))))));
        List<ItemChange> changes = new ArrayList<>();

        StreamsEventResponse answer = RegistryStream.deliver(event(DynamodbEvent.class, event), changes::add, log::add);
        assertThat(answer(StreamsEventResponse.class, answer).getBatchItemFailures())
                .isEmpty();
        assertThat(changes).hasSize(3);
        assertThat(changes.getFirst().before()).isEmpty();
        assertThat(changes.getFirst().after()).contains(Items.uploaded("alpha"));
        assertThat(changes.get(1).before()).contains(Items.uploaded("alpha"));
        assertThat(changes.get(1).after()).contains(Items.ready("alpha"));
        assertThat(changes.getLast().after()).isEmpty();
    }

    @Test
    void theFirstRecordThatFailsIsNamedAsLambdaReadsIt() {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(List.of(
                record("1", new StreamRecord().withNewImage(image(Items.uploaded("alpha")))),
                record("2", new StreamRecord().withNewImage(Map.of("name", new AttributeValue("beta")))),
                record("3", new StreamRecord().withNewImage(image(Items.uploaded("gamma"))))));
        List<ItemChange> changes = new ArrayList<>();

        StreamsEventResponse answer = RegistryStream.deliver(event(DynamodbEvent.class, event), changes::add, log::add);
        assertThat(answer(StreamsEventResponse.class, answer).getBatchItemFailures())
                .extracting(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
                .containsExactly("2");
        assertThat(changes).hasSize(2);
        assertThat(log)
                .singleElement()
                .asString()
                .contains("record event-2 failed", "an item must have the text attribute item, got: [name]");
    }

    @Test
    void messagesAreThoseOfAnSqsEvent() {
        List<SQSMessage> messages = new ArrayList<>();
        for (String body : List.of("good", "bad", "fine")) {
            SQSMessage message = new SQSMessage();
            message.setMessageId("m-" + body);
            message.setBody(body);
            message.setAttributes(Map.of("SentTimestamp", "1793700000000"));
            messages.add(message);
        }
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        List<String> bodies = new ArrayList<>();

        SQSBatchResponse answer = QueueMessages.deliver(
                event(SQSEvent.class, event),
                body -> {
                    bodies.add(body);
                    if (body.equals("bad")) {
                        throw new IllegalArgumentException("not this one");
                    }
                },
                log::add);
        assertThat(answer(SQSBatchResponse.class, answer).getBatchItemFailures())
                .extracting(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .containsExactly("m-bad");
        assertThat(bodies).containsExactly("good", "bad", "fine");
        assertThat(log).singleElement().asString().contains("m-bad", "not this one");
    }

    @Test
    void callsAreThoseOfAnHttpApi() {
        APIGatewayV2HTTPEvent event = APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey("POST /uploads/{name}")
                .withPathParameters(Map.of("name", "alpha"))
                .withHeaders(Map.of("host", "api.example"))
                .build();

        APIGatewayV2HTTPResponse answer =
                HttpCalls.answer(event(APIGatewayV2HTTPEvent.class, event), path -> path, log::add);
        APIGatewayV2HTTPResponse read = answer(APIGatewayV2HTTPResponse.class, answer);
        assertThat(read.getStatusCode()).isEqualTo(200);
        assertThat(read.getHeaders()).containsEntry("content-type", "application/json");
        assertThat(read.getIsBase64Encoded()).isFalse();
        assertThat(read.getBody()).isEqualTo("{\"name\":\"alpha\"}");
    }
}
