// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Limits how often operations may be called, by a token bucket each that holds one second's worth: what AWS does to a caller of
 * the control plane.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda's API request quotas</a>
 */
final class Throttle {
    private final InstantSource clock;
    private final Map<String, Double> perSecond = new TreeMap<>();
    private final Map<String, Bucket> buckets = new HashMap<>();

    /**
     * What is left.
     *
     * @param tokens calls that may be made at once
     * @param at when it was counted
     */
    private record Bucket(double tokens, Instant at) {}

    Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /** Replaces all limits: calls per second by operation; no other operation is limited. */
    synchronized void limits(Map<String, Double> callsPerSecond) {
        perSecond.clear();
        perSecond.putAll(callsPerSecond);
        buckets.clear();
    }

    synchronized Map<String, Double> limits() {
        return new TreeMap<>(perSecond);
    }

    /** Whether the call may be made; counts it if so. */
    synchronized boolean admits(String operation) {
        Double limit = perSecond.get(operation);
        if (limit == null) {
            return true;
        }
        double most = Math.max(1, limit);
        Instant now = clock.instant();
        Bucket bucket = buckets.getOrDefault(operation, new Bucket(most, now));
        double seconds = Duration.between(bucket.at(), now).toNanos() / 1e9;
        double tokens = Math.min(most, bucket.tokens() + seconds * limit);
        boolean admitted = tokens >= 1;
        buckets.put(operation, new Bucket(admitted ? tokens - 1 : tokens, now));
        return admitted;
    }
}
