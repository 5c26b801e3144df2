// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.memtune.aws.UploadPorts;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The entry for the queue of S3's notices. Answers with the messages that failed: they are delivered again, and what never
 * succeeds goes to the dead-letter queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch responses</a>
 */
public final class IntakeHandler implements RequestStreamHandler {
    private static final PojoSerializer<SQSEvent> EVENTS =
            LambdaEventSerializers.serializerFor(SQSEvent.class, IntakeHandler.class.getClassLoader());

    private final Intake intake;
    private final Consumer<String> log;

    /** The step on the ports that the function's environment names. */
    public IntakeHandler() {
        this(intake(UploadPorts.ofEnvironment()), UploadPorts::log);
    }

    /**
     * @param intake the step
     * @param log takes a line for each message that fails
     */
    public IntakeHandler(Intake intake, Consumer<String> log) {
        this.intake = Objects.requireNonNull(intake, "intake");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (SQSMessage message :
                Objects.requireNonNullElse(EVENTS.fromJson(input).getRecords(), List.<SQSMessage>of())) {
            try {
                UploadNotices.uploads(message.getBody()).forEach(intake::take);
            } catch (RuntimeException e) {
                log.accept("message " + message.getMessageId() + " failed: " + e);
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        Json.mapper().writeValue(output, new SQSBatchResponse(failures));
    }

    private static Intake intake(UploadPorts ports) {
        return new Intake(
                ports.shelf(), ports.registry(), new AlgorithmPackages(PackageLimits.defaults()), ports.clock());
    }
}
