// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.StepPorts;
import dev.memtune.aws.UploadPorts;
import dev.memtune.aws.events.QueueMessages;
import dev.memtune.aws.events.RegistryStream;
import dev.memtune.core.change.DeploymentLease;
import dev.memtune.core.port.Reminder;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The entry for the registry's stream, and for the queue that brings back what is to be looked at again. */
public final class ProvisionerHandler implements RequestStreamHandler {
    private static final String QUEUE = "aws:sqs";

    private final Provisioner provisioner;
    private final Reminder reminder;
    private final Consumer<String> log;

    /** The step on the ports that the function's environment names. */
    public ProvisionerHandler() {
        this(
                provisioner(UploadPorts.ofEnvironment()),
                UploadPorts.ofEnvironment().reminder(),
                UploadPorts::log);
    }

    /**
     * @param provisioner the step
     * @param reminder brings back what is to be looked at again
     * @param log takes a line for each record or message that fails
     */
    public ProvisionerHandler(Provisioner provisioner, Reminder reminder, Consumer<String> log) {
        this.provisioner = Objects.requireNonNull(provisioner, "provisioner");
        this.reminder = Objects.requireNonNull(reminder, "reminder");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] event = input.readAllBytes();
        Object response = isOfQueue(event)
                ? QueueMessages.deliver(event, this::look, log)
                : RegistryStream.deliver(event, this::see, log);
        Json.mapper().writeValue(output, response);
    }

    private static Provisioner provisioner(UploadPorts ports) {
        StepPorts steps = StepPorts.ofEnvironment();
        return new Provisioner(
                ports.registry(),
                ports.stacks(),
                new DeploymentLease(steps.control(steps.clients()), ports.clock()),
                ProvisionerLimits.DEFAULT,
                ports.clock());
    }

    private static boolean isOfQueue(byte[] event) {
        return Json.tree(event).at("/Records/0/eventSource").asText().equals(QUEUE);
    }

    private void see(ItemChange change) {
        remindOf(provisioner.see(change));
    }

    private void look(String message) {
        remindOf(provisioner.look(Json.read(message, Look.class)));
    }

    private void remindOf(Optional<Later> later) {
        later.ifPresent(due -> reminder.remind(Json.write(due.look()), due.after()));
    }
}
