// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    @Test
    void goesOnWhileTheMachinesClockJumps() {
        AtomicReference<Instant> machine = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
        AtomicLong nanos = new AtomicLong(-5);
        SteadyClock clock = new SteadyClock(machine::get, nanos::get);
        machine.set(Instant.parse("2020-01-01T00:00:00Z"));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(clock.instant()).isEqualTo("2026-01-01T12:00:03Z");
    }
}
