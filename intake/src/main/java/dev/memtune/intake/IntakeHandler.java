// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.UploadPorts;
import dev.memtune.aws.events.QueueMessages;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;

/** The entry for the queue of S3's notices. */
public final class IntakeHandler implements RequestStreamHandler {
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
        Json.mapper()
                .writeValue(
                        output,
                        QueueMessages.deliver(
                                input.readAllBytes(),
                                body -> UploadNotices.uploads(body).forEach(intake::take),
                                log));
    }

    private static Intake intake(UploadPorts ports) {
        return new Intake(
                ports.shelf(), ports.registry(), new AlgorithmPackages(PackageLimits.defaults()), ports.clock());
    }
}
