// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

/**
 * A call that {@link InMemoryLambda} received.
 *
 * @param number from 1, in the order of arrival
 * @param action AWS's name of the action, such as {@code PublishVersion}
 * @param function as the caller named it; empty for account calls
 * @param detail what it was about: the qualifier, the alias, the memory size
 */
public record LambdaCall(int number, String action, String function, String detail) {
    /** Whether the call changes something. */
    public boolean isChanging() {
        return switch (action) {
            case "UpdateFunctionConfiguration",
                    "PublishVersion",
                    "DeleteFunction",
                    "CreateAlias",
                    "UpdateAlias",
                    "DeleteAlias",
                    "PutFunctionEventInvokeConfig",
                    "DeleteFunctionEventInvokeConfig" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return "#" + number + " " + action + " " + detail;
    }
}
