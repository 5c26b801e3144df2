// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

/** The binomial distribution. */
public final class Binomial {
    private Binomial() {}

    /**
     * The probability of at most so many successes, by summing from the likelier end of the recurrence on logarithms.
     *
     * @param successes from -1 (never) to {@code trials}
     * @param trials at least 0
     * @param share the probability of one success, above 0 and below 1
     */
    public static double atMost(int successes, int trials, double share) {
        if (trials < 0 || successes < -1 || successes > trials || !(share > 0 && share < 1)) {
            throw new IllegalArgumentException("successes must be -1 to trials, share between 0 and 1, got: "
                    + successes + ", " + trials + ", " + share);
        }
        double logOdds = Math.log(share) - Math.log1p(-share);
        double logTerm = trials * Math.log1p(-share);
        double sum = 0;
        for (int k = 0; k <= successes; k++) {
            sum += Math.exp(logTerm);
            logTerm += Math.log((trials - k) / (k + 1.0)) + logOdds;
        }
        return Math.min(1, sum);
    }
}
