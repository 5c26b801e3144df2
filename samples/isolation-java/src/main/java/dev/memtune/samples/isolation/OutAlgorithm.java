// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.isolation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * An algorithm whose results go to a queue or a bucket. Measured, a result is the answer and goes nowhere else. Otherwise it is
 * sent, and the answer says where it is.
 *
 * @param <E> what an event is read into from JSON
 * @param <R> what a result is written as JSON from
 */
public abstract class OutAlgorithm<E, R> implements RequestStreamHandler {
    private final PojoSerializer<E> events;
    private final PojoSerializer<R> results;
    private final Destination destination;

    /**
     * Sends to the bucket that {@code MEMTUNE_OUTPUT_BUCKET} names, or else to the queue that {@code MEMTUNE_OUTPUT_QUEUE_URL}
     * names.
     *
     * @param event what an event is read into
     * @param result what a result is written from
     */
    protected OutAlgorithm(Class<E> event, Class<R> result) {
        this(event, result, destination(System.getenv()));
    }

    /** Sends elsewhere, such as to a FIFO queue. */
    protected OutAlgorithm(Class<E> event, Class<R> result, Destination destination) {
        this.events = JacksonFactory.getInstance().getSerializer(event);
        this.results = JacksonFactory.getInstance().getSerializer(result);
        this.destination = Objects.requireNonNull(destination, "destination");
    }

    private static Destination destination(Map<String, String> environment) {
        String bucket = environment.getOrDefault(S3Bucket.VARIABLE, "");
        return bucket.isEmpty() ? SqsQueue.ofEnvironment(environment) : new S3Bucket(bucket);
    }

    /** Makes the result for one event. */
    protected abstract R work(E event, Context context);

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        results.toJson(work(events.fromJson(input), context), result);
        output.write(
                Measuring.by(context)
                        ? result.toByteArray()
                        : destination
                                .send(result.toString(StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Where results go. */
    @FunctionalInterface
    public interface Destination {
        /**
         * Sends a result.
         *
         * @param json the result
         * @return what is answered, as JSON
         */
        String send(String json);
    }
}
