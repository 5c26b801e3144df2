// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario took.
 *
 * @param calls of the run to the control plane
 * @param invocations of the function
 * @param exposed after how many calls {@code $LATEST} bore a trial size
 * @param recoveryCalls of the recovery to the control plane
 * @param time from the beginning to the end, on the scenario's clock
 */
record Figures(int calls, int invocations, int exposed, int recoveryCalls, Duration time) {
    /** What one fault may add in calls: an attempt more of a whole step, and Clean twice. */
    private static final int CALLS_MORE = 30;
    /** What one fault may add to the exposure: one size set and published once more, and the last restored by Clean. */
    private static final int EXPOSED_MORE = 12;

    private static final Duration TIME_MORE = Duration.ofMinutes(3);

    /** What was over the stated bounds, given what the same setup takes without faults. */
    List<String> excesses(Figures faultless, Setup setup, int faults) {
        List<String> excesses = new ArrayList<>();
        int planned = setup.sizeCount() * setup.invocationsPerSize();
        int invocationsMax = planned + faults;
        if (invocations > invocationsMax) {
            excesses.add("S8 " + invocations + " invocations, planned are " + planned);
        }
        if (calls > faultless.calls + faults * CALLS_MORE) {
            excesses.add("S8 " + calls + " calls, without a fault " + faultless.calls);
        }
        if (time.compareTo(faultless.time.plus(TIME_MORE.multipliedBy(faults))) > 0) {
            excesses.add("S8 took " + time + ", without a fault " + faultless.time);
        }
        if (exposed > exposedMax(setup) + faults * EXPOSED_MORE) {
            excesses.add("S10 exposed after " + exposed + " calls, the bound is " + exposedMax(setup));
        }
        if (recoveryCalls > recoveryCallsMax(setup)) {
            excesses.add("S9 " + recoveryCalls + " calls to recover, the bound is " + recoveryCallsMax(setup));
        }
        return excesses;
    }

    /**
     * Without faults: update, look, publish and read per trial size, and two looks more at the first; the same again where
     * what is promoted has to be published anew, and update and looks where the size is written to {@code $LATEST}.
     */
    static int exposedMax(Setup setup) {
        int applying = setup.applies() ? 3 : 0;
        int cleanVersion = setup.logLevel() == null ? 0 : 6;
        return 4 * setup.trialSizes().size() + 2 + applying + cleanVersion;
    }

    /** Two per size, for its alias and its version, and eight for the lease, the lists and {@code $LATEST}. */
    static int recoveryCallsMax(Setup setup) {
        int cleanVersion = setup.logLevel() == null ? 0 : 2;
        return 2 * setup.sizeCount() + 8 + cleanVersion;
    }
}
