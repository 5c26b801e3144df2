// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.events;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The messages of a queue. The answer names those that failed: they are delivered again, and what never succeeds goes to the
 * dead-letter queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch responses</a>
 */
public final class QueueMessages {
    private static final PojoSerializer<SQSEvent> EVENTS =
            LambdaEventSerializers.serializerFor(SQSEvent.class, QueueMessages.class.getClassLoader());

    private QueueMessages() {}

    /**
     * Hands the text of every message of an event on.
     *
     * @param step takes a text
     * @param log takes a line for each message that fails
     * @return the response of the function
     */
    public static SQSBatchResponse deliver(InputStream event, Consumer<String> step, Consumer<String> log) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (SQSMessage message :
                Objects.requireNonNullElse(EVENTS.fromJson(event).getRecords(), List.<SQSMessage>of())) {
            try {
                step.accept(message.getBody());
            } catch (RuntimeException e) {
                log.accept("message " + message.getMessageId() + " failed: " + e);
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }
}
