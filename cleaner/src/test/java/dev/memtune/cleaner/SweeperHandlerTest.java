// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.change.StartedRun;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweeperHandlerTest {
    private final StartedRun started = new StartedRun();
    private final Cleaner cleaner =
            new Cleaner(started.lambda, started.store, started.clock, started.clock, CleanerLimits.DEFAULT);
    private final SweeperHandler handler =
            new SweeperHandler(new Sweeper(cleaner, started.clock, CleanerLimits.DEFAULT.settlingTime()));

    private final List<JsonNode> answers = new ArrayList<>();
    private final HttpServer cloudFormation = open();

    private static HttpServer open() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void listen() {
        cloudFormation.createContext("/", exchange -> {
            answers.add(Json.tree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        cloudFormation.start();
    }

    @AfterEach
    void stop() {
        cloudFormation.stop(0);
    }

    private byte[] handle(byte[] event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event), out, unused());
        return out.toByteArray();
    }

    private static Context unused() {
        return (Context) Proxy.newProxyInstance(
                SweeperHandlerTest.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("a handler must not depend on its context");
                });
    }

    private static byte[] event(String name) throws IOException {
        return Files.readAllBytes(Path.of("..", "events", name + ".json"));
    }

    private byte[] deletion() throws IOException {
        ObjectNode event = (ObjectNode) Json.tree(event("stack-deleted"));
        event.put(
                "ResponseURL", "http://127.0.0.1:" + cloudFormation.getAddress().getPort() + "/answer");
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    /** Leaves a trial size in {@code $LATEST}, as the ledger says. */
    private void leaveATrialSize() {
        started.begin();
        started.store.append(
                StartedRun.RUN_ID,
                1,
                LedgerEntry.memory(
                        Kind.MEMORY_INTENT,
                        "m256",
                        256,
                        started.function.latest().revisionId()));
        started.function.editMemory(256);
        started.store.append(
                StartedRun.RUN_ID,
                1,
                LedgerEntry.memory(
                        Kind.MEMORY_SET, "m256", 256, started.function.latest().revisionId()));
    }

    @Test
    void theScheduleLeavesARunThatMayBeGoingOn() throws IOException {
        leaveATrialSize();
        assertThat(Json.tree(handle(event("sweep")))).isEmpty();
        assertThat(started.function.latest().memoryMB()).isEqualTo(256);
    }

    @Test
    void theScheduleCleansUpWhenTheLeaseIsOver() throws IOException {
        leaveATrialSize();
        started.clock.sleep(Duration.ofHours(8));
        assertThat(Json.tree(handle(event("sweep")))).singleElement().satisfies(output -> assertThat(
                        output.path("clean").asBoolean())
                .isTrue());
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    @Test
    void aSweepThatLeavesSomethingFailsAndSaysWhat() throws IOException {
        leaveATrialSize();
        started.clock.sleep(Duration.ofHours(8));
        deny();
        byte[] event = event("sweep");
        assertThatThrownBy(() -> handle(event)).isInstanceOf(StillDirty.class).hasMessageContaining("memtune clean");
    }

    @Test
    void theDeletionOfTheStackStopsAndCleansUpEveryRun() throws IOException {
        leaveATrialSize();
        handle(deletion());
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        assertThat(started.store.unfinished()).isEmpty();
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
            assertThat(answer.path("LogicalResourceId").asText()).isEqualTo("Retirement");
            assertThat(answer.path("RequestId").asText()).isEqualTo("5c1cd7f1-6e38-4a1e-9f0b-0f6a2f5a4e51");
        });
    }

    @Test
    void theDeletionFailsWithTheReasonWhereAFunctionCannotBeGivenBack() throws IOException {
        leaveATrialSize();
        deny();
        handle(deletion());
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
            assertThat(answer.path("Reason").asText()).contains("memtune clean");
        });
    }

    @Test
    void creationAndUpdateChangeNothing() throws IOException {
        leaveATrialSize();
        ObjectNode creation = (ObjectNode) Json.tree(deletion());
        handle(Json.write(creation.put("RequestType", "Create")).getBytes(StandardCharsets.UTF_8));
        assertThat(started.function.latest().memoryMB()).isEqualTo(256);
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS"));
    }

    /** From here on, {@code $LATEST} may not be changed. */
    private void deny() {
        started.lambda.hook(CallHook.before(call -> {
            if (call.action().equals("UpdateFunctionConfiguration")) {
                throw new LambdaFault.Denied("not authorized to perform: lambda:" + call.action(), null);
            }
        }));
    }
}
