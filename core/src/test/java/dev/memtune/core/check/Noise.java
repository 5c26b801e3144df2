// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * How the invocations of one version scatter around a mean of 100 ms.
 *
 * @param name for tables
 * @param variation the coefficient of variation of a single environment's invocations, log-normal
 * @param environment the same between environments
 * @param environments how many serve in turn
 * @param slowShare the share of invocations that are 3 to 13 times too slow
 * @param newness how much slower a new environment's first invocation is, as a share; fades with a tenth per invocation
 */
public record Noise(
        String name, double variation, double environment, int environments, double slowShare, double newness) {
    private static final double MEAN_MS = 100;
    private static final double FADING = 10;

    /** Independent invocations. */
    public static Noise independent(double variation) {
        return new Noise(String.format("%.0f %%", 100 * variation), variation, 0, 1, 0, 0);
    }

    /** Environments that differ, as recorded functions' do; ten of them, as ten invocations at once start. */
    public Noise onHosts(double between) {
        return new Noise(
                name + String.format(", environments %.1f %%", 100 * between),
                variation,
                between,
                10,
                slowShare,
                newness);
    }

    /** Some invocations far too slow. */
    public Noise withTail(double share) {
        return new Noise(
                name + String.format(", %.1f %% slow", 100 * share),
                variation,
                environment,
                environments,
                share,
                newness);
    }

    /** Warms up, as a virtual machine that compiles what is hot. */
    public Noise warmingUp(double by) {
        return new Noise(name + ", warms up", variation, environment, Math.max(environments, 4), slowShare, by);
    }

    /**
     * An invocation.
     *
     * @param ms its duration
     * @param isCold whether its environment started for it
     */
    public record Call(double ms, boolean isCold) {}

    /** Endless invocations of one version. */
    public Supplier<Call> calls(SplittableRandom random) {
        double sigma = Math.sqrt(Math.log1p(variation * variation));
        double[] hosts = new double[environments];
        for (int i = 0; i < environments; i++) {
            hosts[i] = environment * random.nextGaussian();
        }
        int[] served = new int[environments];
        int[] turn = {0};
        return () -> {
            int host = turn[0]++ % environments;
            double slow = random.nextDouble() < slowShare ? 3 + 10 * random.nextDouble() : 1;
            boolean isCold = environments > 1 && served[host] == 0;
            double warmUp = 1 + newness * Math.exp(-served[host]++ / FADING);
            double scatter = Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2 + hosts[host]);
            return new Call(MEAN_MS * scatter * slow * warmUp, isCold);
        };
    }
}
