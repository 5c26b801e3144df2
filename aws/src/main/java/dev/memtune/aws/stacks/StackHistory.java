// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * What a stack's events say of its last change: for which attempt it was made, and why it failed.
 *
 * @param token what the change was begun with; null if with nothing
 * @param reasons what failed, oldest first
 */
record StackHistory(@Nullable String token, List<String> reasons) {
    private static final int PAGES_MAX = 10;
    private static final String STACK = "AWS::CloudFormation::Stack";
    private static final Set<String> BEGINNINGS =
            Set.of("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS");
    private static final String FAILED = "_FAILED";
    /** What CloudFormation says of a resource that it gave up because another one failed. */
    private static final String CANCELLED = "cancelled";

    /** Reads the events from the latest back to the beginning of the last change. */
    static StackHistory of(CloudFormationClient client, String stackId) {
        List<StackEvent> change = new ArrayList<>();
        String page = null;
        for (int read = 0; read < PAGES_MAX; read++) {
            String from = page;
            DescribeStackEventsResponse answer = client.describeStackEvents(
                    request -> request.stackName(stackId).nextToken(from));
            for (StackEvent event : answer.stackEvents()) {
                change.add(event);
                if (isOfStack(event) && BEGINNINGS.contains(event.resourceStatusAsString())) {
                    return of(change.reversed());
                }
            }
            page = answer.nextToken();
            if (page == null) {
                break;
            }
        }
        return of(change.reversed());
    }

    private static StackHistory of(List<StackEvent> change) {
        String token = change.stream()
                .filter(StackHistory::isOfStack)
                .map(event -> String.valueOf(event.clientRequestToken()))
                .reduce((earlier, later) -> later)
                .orElse(null);
        return new StackHistory(token, reasons(change));
    }

    private static boolean isOfStack(StackEvent event) {
        return STACK.equals(event.resourceType());
    }

    private static List<String> reasons(List<StackEvent> change) {
        return change.stream()
                .filter(event -> event.resourceStatusAsString().endsWith(FAILED) && !isOfStack(event))
                .filter(event -> event.resourceStatusReason() != null
                        && !event.resourceStatusReason().contains(CANCELLED))
                .map(event ->
                        event.logicalResourceId() + " (" + event.resourceType() + "): " + event.resourceStatusReason())
                .distinct()
                .toList();
    }
}
