// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import java.time.Duration;

/** The number of scenarios whose faults could be made, and the largest figures of them. */
final class Tally {
    private int count;
    private Figures most = new Figures(0, 0, 0, 0, Duration.ZERO);

    void add(Scenario scenario) {
        count += scenario.happened() ? 1 : 0;
        Figures one = scenario.figures();
        most = new Figures(
                Math.max(most.calls(), one.calls()),
                Math.max(most.invocations(), one.invocations()),
                Math.max(most.exposed(), one.exposed()),
                Math.max(most.recoveryCalls(), one.recoveryCalls()),
                most.time().compareTo(one.time()) > 0 ? most.time() : one.time());
    }

    int count() {
        return count;
    }

    @Override
    public String toString() {
        return count + " scenarios, at most " + most;
    }
}
