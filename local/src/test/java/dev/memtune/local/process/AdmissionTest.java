// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final BlockingQueue<String> admitted = new LinkedBlockingQueue<>();

    private Thread enter(Admission admission, String name, int shareMB) {
        int before = admission.waiting();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                admission.acquire(shareMB);
                admitted.add(name);
            } catch (InterruptedException e) {
                admitted.add(name + " interrupted");
            }
        });
        while (admission.waiting() == before && thread.isAlive()) {
            LockSupport.parkNanos(100_000);
        }
        return thread;
    }

    private String next() throws InterruptedException {
        return String.valueOf(admitted.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void letsInWhatFitsAndTheRestInOrder() throws InterruptedException {
        Admission admission = new Admission(2, 10);
        Admission.Permit first = admission.acquire(1769);
        Admission.Permit second = admission.acquire(1700);
        enter(admission, "large", 1769);
        enter(admission, "small", 69); // would fit, but came later
        assertThat(admitted).isEmpty();
        second.close();
        assertThat(next()).isEqualTo("large");
        first.close();
        assertThat(next()).isEqualTo("small");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void letsASizeLargerThanTheMachineInAlone() throws InterruptedException {
        Admission admission = new Admission(1, 10);
        Admission.Permit small = admission.acquire(128);
        enter(admission, "huge", 10_240);
        assertThat(admitted).isEmpty();
        small.close();
        assertThat(next()).isEqualTo("huge");
    }

    @Test
    void shrinkingLetsTheNextIn() throws InterruptedException {
        Admission admission = new Admission(1, 10);
        Admission.Permit init = admission.acquire(1769);
        enter(admission, "next", 1000);
        init.shrinkTo(128);
        assertThat(next()).isEqualTo("next");
        init.shrinkTo(1769); // never grows
        init.close();
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void interruptedWaiterHoldsUpNobody() throws InterruptedException {
        Admission admission = new Admission(1, 10);
        Admission.Permit held = admission.acquire(1000);
        Thread large = enter(admission, "large", 1769);
        enter(admission, "small", 500);
        large.interrupt();
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("large interrupted", "small");
        held.close();
    }

    @Test
    void refusesMoreWaitersThanBound() throws InterruptedException {
        Admission admission = new Admission(1, 1);
        admission.acquire(1769);
        enter(admission, "waits", 128);
        assertThatThrownBy(() -> admission.acquire(128))
                .hasMessage("At most 1 invocations may wait for CPU; invoke fewer at a time");
    }
}
