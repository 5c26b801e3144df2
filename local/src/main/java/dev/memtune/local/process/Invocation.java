// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;
import java.util.Optional;

/**
 * One invocation, as the Runtime API hands it out.
 *
 * @param requestId a UUID, {@code Lambda-Runtime-Aws-Request-Id}
 * @param invokedFunctionArn the ARN as invoked, with the alias if one was named
 * @param payload the event, JSON bytes; not copied, must not be changed
 * @param clientContext the client context as JSON text, if given
 */
public record Invocation(String requestId, String invokedFunctionArn, byte[] payload, Optional<String> clientContext) {
    /** Checks that nothing is null. */
    public Invocation {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(invokedFunctionArn, "invokedFunctionArn");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(clientContext, "clientContext");
    }
}
