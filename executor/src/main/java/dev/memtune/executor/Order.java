// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.port.FunctionInvoker.Request;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.PayloadMix;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import dev.memtune.core.wire.Procedure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What one call is to buy: the positions that are still missing, and what to send at each. */
final class Order {
    private final Run run;
    private final long token;
    private final Arm arm;
    private final String alias;
    private final int round;
    private final List<Integer> positions;
    private final List<NamedPayload> payloads;
    private final int[] mix;

    /**
     * Creates an order.
     *
     * @param token the token under which the execution bought so far
     * @param arm published
     * @param positions the positions in the arm's sequence that are still to be bought, ascending
     * @param payloads at least one
     */
    Order(Run run, long token, Arm arm, int round, List<Integer> positions, List<NamedPayload> payloads) {
        this.run = run;
        this.token = token;
        this.arm = arm;
        this.alias = Objects.requireNonNull(arm.alias(), "alias");
        this.round = round;
        this.positions = List.copyOf(positions);
        this.payloads = List.copyOf(payloads);
        int end = positions.isEmpty() ? 0 : positions.getLast() + 1;
        this.mix = new PayloadMix(payloads.stream().map(NamedPayload::weight).toList()).first(end);
    }

    int count() {
        return positions.size();
    }

    /** The call at a place in the order. */
    Purchase purchase(int place) {
        int position = positions.get(place);
        return new Purchase(arm.id(), round, position, payload(position).name());
    }

    /** What is sent at a place in the order. */
    Request request(int place) {
        byte[] event = Json.write(payload(positions.get(place)).payload()).getBytes(StandardCharsets.UTF_8);
        return new Request(
                run.function(),
                alias,
                event,
                run.before().timeoutSeconds(),
                run.input().terms().tenantId());
    }

    private NamedPayload payload(int position) {
        return payloads.get(mix[position]);
    }

    Procedure procedure() {
        return run.input().procedure();
    }

    long token() {
        return token;
    }

    String runId() {
        return run.runId();
    }
}
