// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import dev.memtune.local.service.Call;
import dev.memtune.local.service.Intervention;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The planned faults, in the order in which they were planned: the first that strikes a call decides. */
final class FaultPlan {
    /** How many may be planned at a time. */
    static final int FAULTS_MAX = 1_000;

    private static final long SEED = 1;

    private final List<Planned> faults = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom(SEED);
    private int lastId;

    /** A fault with what has come of it. */
    static final class Planned {
        private final int id;
        private final PlannedFault fault;
        private long matched;
        private long struck;

        private Planned(int id, PlannedFault fault) {
            this.id = id;
            this.fault = fault;
        }

        int id() {
            return id;
        }

        PlannedFault fault() {
            return fault;
        }

        /** The calls that it was for. */
        long matched() {
            return matched;
        }

        /** The calls that it struck. */
        long struck() {
            return struck;
        }

        private boolean strikes(Call call, SplittableRandom random) {
            if (!fault.isFor(call) || (fault.times() > 0 && struck >= fault.times())) {
                return false;
            }
            matched++;
            boolean strikes = matched > fault.skip() && (fault.rate() == 1 || random.nextDouble() < fault.rate());
            struck += strikes ? 1 : 0;
            return strikes;
        }
    }

    /** @throws Refusal if there are too many */
    synchronized Planned add(PlannedFault fault) {
        if (faults.size() >= FAULTS_MAX) {
            throw new Refusal(Refusal.BAD_REQUEST, "there are " + FAULTS_MAX + " faults already: delete some");
        }
        lastId++;
        Planned planned = new Planned(lastId, fault);
        faults.add(planned);
        return planned;
    }

    synchronized boolean remove(int id) {
        return faults.removeIf(planned -> planned.id() == id);
    }

    /** Drops all faults; what is drawn starts from its seed again. */
    synchronized void clear() {
        faults.clear();
        random = new SplittableRandom(SEED);
    }

    synchronized List<Planned> all() {
        return List.copyOf(faults);
    }

    /** What is to happen to this call. */
    synchronized Intervention next(Call call) {
        for (Planned planned : faults) {
            if (planned.strikes(call, random)) {
                return planned.fault().effect();
            }
        }
        return Intervention.PROCEED;
    }
}
