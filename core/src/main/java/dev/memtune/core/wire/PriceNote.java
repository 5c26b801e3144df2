// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * The rates behind every cost.
 *
 * @param region the function's
 * @param architecture {@code x86_64} or {@code arm64}
 * @param currency such as {@code USD}
 * @param perGbSecond a GB-second in the first tier
 * @param perMillionRequests a million requests
 * @param source where the rates were read
 * @param date the day they were read, ISO-8601
 * @param estimated whether they are not known for the region, but taken from another
 */
public record PriceNote(
        String region,
        String architecture,
        String currency,
        double perGbSecond,
        double perMillionRequests,
        String source,
        String date,
        boolean estimated) {}
