// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Welch;
import java.util.List;

/**
 * What more invocations of the leader and a rival are worth: by how much the choice among the two is expected to become better,
 * for each pass that they cost. A pass is the price of one invocation at every size that was visited. So what is cheap to settle
 * is settled, and what would take as much as the function's whole measuring is left alone.
 *
 * <p>The gain is the knowledge gradient of <a href="https://doi.org/10.1137/070693424">Frazier, Powell and Dayanik</a>: how far
 * the likely difference may move by what is bought, and so change its sign. Few invocations may be worth nothing where many
 * would be worth their price, so the best of several numbers counts.
 */
final class Worth {
    private static final int[] COUNTS = {2, 4, 8, 16, 32, 64};
    /** Sizes that nobody named are to save, not to cost: at a tolerance of 5 % they are argued about up to four passes in all. */
    private static final double EXTRA_PASSES = 0.2;

    /** Up to so many passes any loss that is worth its price is argued about; later it has to be the greater, the later. */
    private static final double PATIENT_PASSES = 8;

    /** Who asks for speed alone argues about the greatest sizes, of which each is a large part of a pass. */
    private static final double PATIENT_PASSES_FOR_SPEED = 4;

    private final Curve curve;
    private final RoundEffect rounds;
    private final SizeSpace sizes;
    private final double pass;
    private final double spentPasses;
    private final double patientPasses;

    Worth(List<Candidate> runners, Curve curve, RoundEffect rounds, SizeSpace sizes, double costWeight) {
        this.curve = curve;
        this.rounds = rounds;
        this.sizes = sizes;
        this.pass = runners.stream().mapToDouble(Worth::price).sum();
        double named = runners.stream()
                .filter(one -> !isExtra(one))
                .mapToDouble(Worth::price)
                .sum();
        double spent =
                runners.stream().mapToDouble(one -> one.count() * price(one)).sum();
        this.spentPasses = named > 0 ? spent / named : 0;
        this.patientPasses = costWeight == 0 ? PATIENT_PASSES_FOR_SPEED : PATIENT_PASSES;
    }

    /** Whether a size that nobody named is one of the two, and what was spent is enough for such. */
    boolean isDone(Candidate leader, Candidate rival, double tolerance) {
        return spentPasses > EXTRA_PASSES / tolerance && (isExtra(leader) || isExtra(rival));
    }

    /** By how many times what is left alone has grown with what was spent, at least 1. */
    double impatience() {
        return Math.max(1, spentPasses / patientPasses);
    }

    /** The gain per pass, on the logarithms of what is compared. */
    double perPass(Candidate leader, Candidate rival) {
        Welch likely = curve.between(leader, rival);
        double known = likely.standardError() * likely.standardError();
        double scatter = leader.scatter() * leader.scatter() + rival.scatter() * rival.scatter();
        double price = (price(leader) + price(rival)) / pass;
        double best = 0;
        for (int count : COUNTS) {
            double noise = scatter / count + 2 * rounds.variance();
            Welch moved = new Welch(Math.abs(likely.difference()), known / Math.sqrt(known + noise), Double.MAX_VALUE);
            best = Math.max(best, moved.expectedLoss() / (count * price));
        }
        return best;
    }

    private boolean isExtra(Candidate one) {
        return !sizes.rungs().contains(one.arm().memoryMB());
    }

    private static double price(Candidate one) {
        return Math.exp(one.cost().value());
    }
}
