// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.memtune.aws.UploadPorts;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The entry for the registry's stream. Answers with the first record that failed: Lambda delivers it and all after it again,
 * within the bounds of the event source mapping, and sends what never succeeds to the dead-letter queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">partial batch response</a>
 */
public final class TriggerHandler implements RequestStreamHandler {
    private static final PojoSerializer<DynamodbEvent> EVENTS =
            LambdaEventSerializers.serializerFor(DynamodbEvent.class, TriggerHandler.class.getClassLoader());

    private final Trigger trigger;
    private final Consumer<String> log;

    /** The step on the ports that the function's environment names. */
    public TriggerHandler() {
        this(trigger(UploadPorts.ofEnvironment()), UploadPorts::log);
    }

    /**
     * @param trigger the step
     * @param log takes a line for each record that fails
     */
    public TriggerHandler(Trigger trigger, Consumer<String> log) {
        this.trigger = Objects.requireNonNull(trigger, "trigger");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<DynamodbStreamRecord> records = EVENTS.fromJson(input).getRecords();
        Json.mapper().writeValue(output, response(records == null ? List.of() : records));
    }

    private StreamsEventResponse response(List<DynamodbStreamRecord> records) {
        for (DynamodbStreamRecord record : records) {
            try {
                trigger.see(StreamRecords.change(record.getDynamodb()));
            } catch (RuntimeException e) {
                log.accept("record " + record.getEventID() + " failed: " + e);
                return new StreamsEventResponse(List.of(new BatchItemFailure(sequenceNumber(record))));
            }
        }
        return new StreamsEventResponse(List.of());
    }

    private static Trigger trigger(UploadPorts ports) {
        return new Trigger(
                ports.starter(),
                new StartInput(ports.setting("MEMTUNE_ALIAS")),
                new TuningStatus(ports.registry(), ports.clock()));
    }

    /** An empty identifier counts as a failure of the whole batch. */
    private static String sequenceNumber(DynamodbStreamRecord record) {
        return record.getDynamodb() == null
                ? ""
                : Objects.requireNonNullElse(record.getDynamodb().getSequenceNumber(), "");
    }
}
