// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.EndAnnouncer;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Json;
import java.util.Objects;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Sends the end of a run as an event of the source {@value #SOURCE} to an event bus. Needs {@code events:PutEvents}.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventBridgeAnnouncer implements EndAnnouncer, AutoCloseable {
    /** The event's source. */
    public static final String SOURCE = "memtune";
    /** The event's detail type. */
    public static final String DETAIL_TYPE = "Memtune Run Ended";

    private final EventBridgeClient events;
    private final String bus;
    private final Access access;

    private EventBridgeAnnouncer(EventBridgeClient events, String bus, Access access) {
        this.events = events;
        this.bus = Objects.requireNonNull(bus, "bus");
        this.access = access;
    }

    /**
     * Sends to a bus; no connection is made yet.
     *
     * @param bus its name or ARN, {@code default} for the account's own
     */
    public static EventBridgeAnnouncer of(Endpoint endpoint, String bus) {
        Access access = Access.to(endpoint);
        return new EventBridgeAnnouncer(
                access.configure(Waiting.SHORT.configure(EventBridgeClient.builder()))
                        .build(),
                bus,
                access);
    }

    /** @throws dev.memtune.core.port.LambdaFault if the call failed; {@link IllegalStateException} if the bus took it not */
    @Override
    public void announce(EndNotice notice) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(DETAIL_TYPE)
                .resources(notice.executionId())
                .detail(Json.write(notice))
                .build();
        PutEventsResponse answer = Faults.translating(() -> events.putEvents(request -> request.entries(entry)));
        if (answer.failedEntryCount() > 0) {
            throw new IllegalStateException("the event bus " + bus + " did not take the event: "
                    + answer.entries().getFirst().errorMessage());
        }
    }

    @Override
    public void close() {
        events.close();
        access.close();
    }
}
