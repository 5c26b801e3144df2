// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.util.Objects;
import java.util.Optional;

/**
 * A call as an interceptor sees it.
 *
 * @param operation the operation's name, such as {@code UpdateFunctionConfiguration}
 * @param resource the function as the request names it, a tag's resource, or empty
 * @param qualifier the alias or version in the path or query, if any
 * @param accessKeyId who calls, from the signature (which is not checked); empty if unsigned
 * @param requestId the call's request id
 * @param body the request's body; not copied, must not be changed
 */
public record Call(
        String operation,
        String resource,
        Optional<String> qualifier,
        String accessKeyId,
        String requestId,
        byte[] body) {
    /** Checks that nothing is null. */
    public Call {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(qualifier, "qualifier");
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(body, "body");
    }
}
