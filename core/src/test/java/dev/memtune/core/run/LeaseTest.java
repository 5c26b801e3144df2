// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Instant END = Instant.parse("2026-11-21T18:15:00Z");

    @Test
    void readsWhatItWrites() {
        Lease lease = new Lease("abc123", 1, END, 512);
        assertThat(Lease.parse(lease.description())).contains(lease);
    }

    @Test
    void fitsAnAliasDescription() {
        assertThat(new Lease("abcdefghij", Long.MAX_VALUE / 10, END, 10_240).description())
                .hasSizeLessThan(256);
    }

    @Test
    void doesNotReadSomebodyElsesText() {
        assertThat(Lease.parse("our release")).isEmpty();
        assertThat(Lease.parse("memtune lease holder=a token=1 expires=tomorrow memory=512"))
                .isEmpty();
    }

    @Test
    void expiresAtItsEnd() {
        Lease lease = new Lease("abc123", 1, END, 512);
        assertThat(lease.isExpired(END.minusMillis(1))).isFalse();
        assertThat(lease.isExpired(END)).isTrue();
    }

    @Test
    void derivesRunIdsFromExecutions() {
        assertThat(RunIds.of("execution-1")).matches("[a-z0-9]{10}").isEqualTo(RunIds.of("execution-1"));
        assertThat(RunIds.of("execution-1")).isNotEqualTo(RunIds.of("execution-2"));
        assertThat(RunIds.seedOf("execution-1")).isNotNegative();
    }
}
