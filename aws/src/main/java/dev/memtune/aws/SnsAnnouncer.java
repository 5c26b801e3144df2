// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.EndAnnouncer;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Json;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Publishes the end of a run to an SNS topic: for people a subject, for programs the notice as JSON, and the outcome as an
 * attribute that subscriptions can filter by. Needs {@code sns:Publish}.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
public final class SnsAnnouncer implements EndAnnouncer, AutoCloseable {
    /** The longest subject; plain ASCII. */
    private static final int MAX_SUBJECT = 100;

    private final SnsClient topics;
    private final String topicArn;
    private final Access access;

    private SnsAnnouncer(SnsClient topics, String topicArn, Access access) {
        this.topics = topics;
        this.topicArn = Objects.requireNonNull(topicArn, "topicArn");
        this.access = access;
    }

    /** Publishes to a topic; no connection is made yet. */
    public static SnsAnnouncer of(Endpoint endpoint, String topicArn) {
        Access access = Access.to(endpoint);
        return new SnsAnnouncer(
                access.configure(Waiting.SHORT.configure(SnsClient.builder())).build(), topicArn, access);
    }

    /** @throws dev.memtune.core.port.LambdaFault if it was not published */
    @Override
    public void announce(EndNotice notice) {
        String outcome = notice.outcome().name();
        Map<String, MessageAttributeValue> attributes = Map.of(
                "outcome",
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(outcome)
                        .build());
        Faults.translating(() -> topics.publish(request -> request.topicArn(topicArn)
                .subject(subject(notice, outcome))
                .message(Json.write(notice))
                .messageAttributes(attributes)));
    }

    private static String subject(EndNotice notice, String outcome) {
        String function = Objects.requireNonNullElse(notice.function(), "run " + notice.runId());
        String name = function.substring(function.lastIndexOf(':') + 1);
        String subject = "Memtune: " + outcome + ": " + name;
        return subject.substring(0, Math.min(subject.length(), MAX_SUBJECT));
    }

    @Override
    public void close() {
        topics.close();
        access.close();
    }
}
