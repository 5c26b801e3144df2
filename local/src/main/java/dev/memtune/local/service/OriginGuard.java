// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns browsers away: a page from anywhere can send requests to loopback, or have its own name resolve to it, and must not
 * reach functions that run with this user's rights.
 */
final class OriginGuard {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost|[a-z0-9.-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    private OriginGuard() {}

    /** Why the request is refused; empty if it is not. */
    static Optional<String> refusal(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                ? refusal(exchange.getRequestHeaders())
                : Optional.of("This service answers clients on this machine only.");
    }

    static Optional<String> refusal(Headers headers) {
        if (headers.containsKey("Origin") || headers.containsKey("Sec-Fetch-Site")) {
            return Optional.of("Requests made by browsers are refused.");
        }
        String host = headers.getFirst("Host");
        if (host != null && !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of("This service answers on loopback names only (localhost, 127.0.0.1, [::1]).");
        }
        return Optional.empty();
    }
}
