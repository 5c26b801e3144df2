// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.isolation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An algorithm that takes its work from a queue. Measured, the event is the message. Otherwise the event is what SQS delivers:
 * every record's body is a message, and the answer names those that failed, which needs {@code ReportBatchItemFailures} in the
 * queue's event source mapping.
 *
 * @param <M> what a message is read into from JSON
 */
public abstract class InAlgorithm<M> implements RequestStreamHandler {
    private static final PojoSerializer<Delivery> DELIVERIES = serializer(Delivery.class);
    private static final PojoSerializer<Answer> ANSWERS = serializer(Answer.class);

    private final PojoSerializer<M> messages;

    /** @param type what a message is read into */
    protected InAlgorithm(Class<M> type) {
        this.messages = serializer(type);
    }

    /** Works on one message. Whatever it throws, the message comes again. */
    protected abstract void work(M message, Context context);

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Map<String, String>> failures = new ArrayList<>();
        if (Measuring.by(context)) {
            work(messages.fromJson(input), context);
        } else {
            failures.addAll(failures(DELIVERIES.fromJson(input).Records, context));
        }
        ANSWERS.toJson(new Answer(failures), output);
    }

    /** In a FIFO queue nothing may overtake a failed message. */
    private List<Map<String, String>> failures(List<Delivered> records, Context context) {
        List<Map<String, String>> failures = new ArrayList<>();
        for (Delivered record : records) {
            boolean isHeldUp = !failures.isEmpty() && record.eventSourceARN.endsWith(".fifo");
            if (isHeldUp || !isDone(record, context)) {
                failures.add(Map.of("itemIdentifier", record.messageId));
            }
        }
        return failures;
    }

    private boolean isDone(Delivered record, Context context) {
        try {
            work(messages.fromJson(record.body), context);
            return true;
        } catch (RuntimeException e) {
            context.getLogger().log("message " + record.messageId + " failed: " + e);
            return false;
        }
    }

    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return JacksonFactory.getInstance().getSerializer(type);
    }

    /** What SQS delivers, as far as it is looked at. */
    @SuppressWarnings({"MemberName", "NullAway.Init"}) // AWS's name; filled in from JSON
    public static final class Delivery {
        /** The records. */
        public List<Delivered> Records;
    }

    /** A record, as far as it is looked at. */
    @SuppressWarnings("NullAway.Init") // filled in from JSON
    public static final class Delivered {
        /** Names the message in the answer. */
        public String messageId;
        /** The message as JSON. */
        public String body;
        /** The queue. */
        public String eventSourceARN;
    }

    /**
     * What SQS is answered.
     *
     * @param batchItemFailures the messages that failed
     */
    public record Answer(List<Map<String, String>> batchItemFailures) {}
}
