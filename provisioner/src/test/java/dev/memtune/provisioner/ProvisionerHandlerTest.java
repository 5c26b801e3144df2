// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.change.DeploymentLease;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.InMemoryAlgorithmStacks;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.StreamEvents;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvisionerHandlerTest {
    /** The handler does not look at it. */
    private static final Context NO_CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final InMemoryAlgorithmStacks stacks = new InMemoryAlgorithmStacks();
    private final List<String> queue = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private boolean isQueueDown;

    private List<String> failures(byte[] event) throws IOException {
        Provisioner provisioner = new Provisioner(
                registry,
                stacks,
                new DeploymentLease(new InMemoryLambda(clock), clock),
                ProvisionerLimits.DEFAULT,
                clock);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new ProvisionerHandler(provisioner, this::remind, log::add)
                .handleRequest(new ByteArrayInputStream(event), answer, NO_CONTEXT);
        List<String> identifiers = new ArrayList<>();
        Json.tree(answer.toByteArray())
                .path("batchItemFailures")
                .forEach(failure ->
                        identifiers.add(failure.path("itemIdentifier").asText()));
        return identifiers;
    }

    private void remind(String message, Duration after) {
        if (isQueueDown) {
            throw new LambdaFault.OutcomeUnknown("no answer from SQS", null);
        }
        assertThat(after).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(900));
        queue.add(message);
    }

    private static byte[] messages(List<String> bodies) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        bodies.forEach(body -> records.addObject()
                .put("messageId", "m" + records.size())
                .put("eventSource", "aws:sqs")
                .put("body", body));
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void bringsAnUploadToReadyByWayOfItsQueue() throws IOException {
        registry.put(Items.uploaded("alpha"));
        assertThat(failures(StreamEvents.of(registry.stream()))).isEmpty();
        assertThat(queue).hasSize(1);

        stacks.succeed("alpha");
        assertThat(failures(messages(queue))).isEmpty();
        assertThat(registry.find("alpha").orElseThrow().status()).isEqualTo(AlgorithmStatus.READY);
        assertThat(queue).hasSize(1);
    }

    @Test
    void namesTheMessagesThatFailAndNoOthers() throws IOException {
        registry.put(Items.uploaded("alpha"));
        failures(StreamEvents.of(registry.stream()));

        assertThat(failures(messages(List.of("poison", queue.getFirst(), "{}"))))
                .containsExactly("m1", "m3");
        assertThat(queue).hasSize(2);
        assertThat(log).hasSize(2).first().asString().contains("message m1 failed");
    }

    @Test
    void letsAChangeComeAgainThatNobodyWouldLookAtOtherwise() throws IOException {
        registry.put(Items.uploaded("alpha"));
        isQueueDown = true;
        assertThat(failures(StreamEvents.of(registry.stream()))).containsExactly("1");

        isQueueDown = false;
        assertThat(failures(StreamEvents.of(registry.stream()))).isEmpty();
        assertThat(stacks.begun()).hasSize(1);
        assertThat(queue).hasSize(1);
    }

    @Test
    void answersEventsWithoutRecords() throws IOException {
        assertThat(failures(StreamEvents.of(List.of()))).isEmpty();
    }
}
