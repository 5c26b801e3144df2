// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Lease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeploymentLeaseTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add("work", 512);
    private final DeploymentLease lease = new DeploymentLease(lambda, clock);

    private Lease held() {
        return lambda.alias("work", Lease.ALIAS)
                .flatMap(alias -> Lease.parse(alias.description()))
                .orElseThrow();
    }

    private void holdAs(String holder, Instant until, int memoryMB) {
        function.createAlias(Lease.ALIAS, "$LATEST", new Lease(holder, 1, until, memoryMB).description());
    }

    @Test
    void isTheAliasThatTuningsHold() {
        assertThat(lease.take("work", "deployment", HOUR)).isEmpty();

        assertThat(held()).isEqualTo(new Lease("deployment", 1, VirtualClock.START.plus(HOUR), 512));
    }

    @Test
    void isExtendedByItsHolder() {
        lease.take("work", "deployment", HOUR);
        clock.sleep(Duration.ofMinutes(10));

        assertThat(lease.take("work", "deployment", HOUR)).isEmpty();
        assertThat(held().expiresAt()).isEqualTo(VirtualClock.START.plus(Duration.ofMinutes(70)));
        assertThat(lease.take("work", "deployment", Duration.ofMinutes(5))).isEmpty();
        assertThat(held().expiresAt()).isEqualTo(VirtualClock.START.plus(Duration.ofMinutes(70)));
    }

    @Test
    void isNotTakenFromATuning() {
        holdAs("run1", VirtualClock.START.plus(HOUR), 512);

        assertThat(lease.take("work", "deployment", HOUR)).get().asString().contains("run run1 holds work until");
        assertThat(held().holder()).isEqualTo("run1");
    }

    @Test
    void isTakenOverAfterItsEnd() {
        holdAs("run1", VirtualClock.START, 512);

        assertThat(lease.take("work", "deployment", HOUR)).isEmpty();
        assertThat(held().holder()).isEqualTo("deployment");
    }

    @Test
    void isNotTakenOverFromARunThatLeftItsTrialSize() {
        holdAs("run1", VirtualClock.START, 1024);

        assertThat(lease.take("work", "deployment", HOUR)).get().asString().contains("ended without cleaning up");
    }

    @Test
    void isNotTakenWhereTheAliasIsSomebodysOwn() {
        function.createAlias(Lease.ALIAS, "$LATEST", "my alias");

        assertThat(lease.take("work", "deployment", HOUR)).get().asString().contains("is not a lease of Memtune's");
    }

    @Test
    void needsNoFunction() {
        assertThat(lease.take("nothing", "deployment", HOUR)).isEmpty();
        lease.release("nothing", "deployment");
    }

    @Test
    void isGivenBackByItsHolderOnly() {
        lease.take("work", "deployment", HOUR);
        lease.release("work", "another");
        assertThat(function.aliases()).containsKey(Lease.ALIAS);

        lease.release("work", "deployment");
        assertThat(function.aliases()).doesNotContainKey(Lease.ALIAS);
        lease.release("work", "deployment");
    }

    @Test
    void isLeftToItsEndWhenThatIsNear() {
        lease.take("work", "deployment", HOUR);
        clock.sleep(HOUR.minusSeconds(30));
        lease.release("work", "deployment");

        assertThat(function.aliases()).containsKey(Lease.ALIAS);
    }
}
