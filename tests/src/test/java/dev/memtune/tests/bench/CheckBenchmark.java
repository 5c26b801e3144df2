// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.core.check.CheckPlanner;
import dev.memtune.core.check.CheckSettings;
import dev.memtune.core.check.Examination;
import dev.memtune.core.check.Gate;
import dev.memtune.core.check.GateReading;
import dev.memtune.core.check.Noise;
import dev.memtune.core.check.SimulatedPair;
import dev.memtune.core.replay.Draws;
import dev.memtune.core.replay.Pool;
import dev.memtune.core.replay.RowReader;
import dev.memtune.core.search.Rates;
import dev.memtune.core.wire.CheckVerdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * How often a check at a gate of 5 % is wrong, and how often undecided: on pairs of equal versions and on pairs whose candidate
 * costs 10 % more, simulated at several kinds of noise and drawn from recorded invocations; beside it a plain ratio of the
 * means of as many invocations.
 *
 * <p>Arguments: pairs per kind (10,000 for the published table), and the folder of records, or nothing to leave them out.
 */
public final class CheckBenchmark {
    private static final double GATE = 0.05;
    private static final double REGRESSION = 1.10;
    private static final List<String> RECORDS = List.of("faasdom_aws_2020.csv", "demystifying_aws_2025.csv.gz");
    private static final int CELLS_PER_FUNCTION = 5;
    /** Without the request fee, so that 10 % more time is 10 % more money. */
    private static final Rates RATES = new Rates(Rates.USUAL.perMegabyteMs(), 0);

    private final int pairs;
    private final CheckSettings settings =
            new CheckSettings(List.of(new Gate.CostIncrease(GATE)), 0.95, CheckSettings.USUAL_PER_SIDE, RATES, RATES);

    private CheckBenchmark(int pairs) {
        this.pairs = pairs;
    }

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        CheckBenchmark benchmark = new CheckBenchmark(Integer.parseInt(arguments[0]));
        System.out.printf(
                "%-34s|%-31s|%-31s|%s%n", "", " equal versions", " candidate 10 % dearer", " ratio of means, n=60");
        System.out.printf(
                "%-34s|%9s %9s %10s |%9s %9s %10s |%11s %8s %8s%n",
                "noise",
                "fails",
                "undecided",
                "per side",
                "passes",
                "undecided",
                "per side",
                "false fail",
                "missed",
                "enough");
        for (Noise noise : kinds()) {
            benchmark.print(noise.name(), noise::calls, noise::calls);
        }
        Noise fresh = Noise.independent(0.05).warmingUp(2);
        benchmark.print("5 %, candidate alone warms up", fresh::calls, Noise.independent(0.05)::calls);
        if (arguments.length > 1) {
            benchmark.printRecords(Path.of(arguments[1]));
        }
    }

    private static List<Noise> kinds() {
        List<Noise> kinds = new ArrayList<>();
        for (double variation : new double[] {.01, .03, .06, .10, .18, .47, .95}) {
            kinds.add(Noise.independent(variation));
        }
        kinds.add(Noise.independent(0.03).onHosts(0.015));
        kinds.add(Noise.independent(0.055).onHosts(0.02));
        kinds.add(Noise.independent(0.10).onHosts(0.05));
        kinds.add(Noise.independent(0.30).onHosts(0.05));
        kinds.add(Noise.independent(0.05).withTail(0.014));
        kinds.add(Noise.independent(0.30).withTail(0.014));
        kinds.add(Noise.independent(0.05).warmingUp(2));
        return kinds;
    }

    /** Rates of one kind of pairs. */
    private record Rate(
            double fails, double passes, double undecided, double perSide, double ratioFails, double enough) {}

    private void print(
            String name,
            Function<SplittableRandom, Supplier<Noise.Call>> candidate,
            Function<SplittableRandom, Supplier<Noise.Call>> baseline) {
        Rate equal = rate(candidate, baseline, 1);
        Rate regressed = rate(candidate, baseline, REGRESSION);
        System.out.printf(
                Locale.ROOT,
                "%-34s|%8.2f%% %8.2f%% %10.1f |%8.2f%% %8.2f%% %10.1f |%10.1f%% %7.1f%% %8.0f%n",
                name,
                100 * equal.fails,
                100 * equal.undecided,
                equal.perSide,
                100 * regressed.passes,
                100 * regressed.undecided,
                regressed.perSide,
                100 * equal.ratioFails,
                100 * (1 - regressed.ratioFails),
                Math.max(equal.enough, regressed.enough));
    }

    private Rate rate(
            Function<SplittableRandom, Supplier<Noise.Call>> candidate,
            Function<SplittableRandom, Supplier<Noise.Call>> baseline,
            double factor) {
        CheckPlanner planner = SimulatedPair.planner(settings);
        Map<CheckVerdict, Integer> verdicts = new EnumMap<>(CheckVerdict.class);
        double perSide = 0;
        int ratioFails = 0;
        List<Integer> enough = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            SplittableRandom random = new SplittableRandom(i).split();
            Supplier<Noise.Call> ofBaseline = baseline.apply(random.split());
            Supplier<Noise.Call> ofCandidate = candidate.apply(random.split());
            SimulatedPair pair = new SimulatedPair(() -> times(factor, ofCandidate.get()), ofBaseline);
            Examination examination = pair.checkedBy(planner);
            verdicts.merge(examination.verdict(), 1, Integer::sum);
            perSide += pair.perSide();
            for (GateReading reading : examination.readings()) {
                Integer toDecide = reading.invocationsToDecide();
                if (toDecide != null) {
                    enough.add(toDecide);
                }
            }
            SplittableRandom again = new SplittableRandom(i).split();
            double base = mean(baseline.apply(again.split()));
            ratioFails += factor * mean(candidate.apply(again.split())) > base * (1 + GATE) ? 1 : 0;
        }
        int middle = enough.isEmpty() ? 0 : enough.stream().sorted().toList().get(enough.size() / 2);
        return new Rate(
                share(verdicts, CheckVerdict.FAIL, pairs),
                share(verdicts, CheckVerdict.PASS, pairs),
                share(verdicts, CheckVerdict.UNDECIDED, pairs),
                perSide / pairs,
                (double) ratioFails / pairs,
                middle);
    }

    private static double share(Map<CheckVerdict, Integer> verdicts, CheckVerdict verdict, int pairs) {
        return (double) verdicts.getOrDefault(verdict, 0) / pairs;
    }

    private static Noise.Call times(double factor, Noise.Call call) {
        return new Noise.Call(factor * call.ms(), call.isCold());
    }

    private static double mean(Supplier<Noise.Call> calls) {
        double sum = 0;
        for (int i = 0; i < CheckSettings.USUAL_PER_SIDE; i++) {
            sum += calls.get().ms();
        }
        return sum / CheckSettings.USUAL_PER_SIDE;
    }

    private void printRecords(Path folder) throws IOException {
        for (String name : RECORDS) {
            for (Pool pool : pools(folder.resolve(name))) {
                List<Integer> sizes = List.copyOf(pool.sizes());
                int step = Math.max(1, sizes.size() / CELLS_PER_FUNCTION);
                for (int i = 0; i < sizes.size(); i += step) {
                    int size = sizes.get(i);
                    Function<SplittableRandom, Supplier<Noise.Call>> drawn = random -> {
                        Draws draws = pool.draws(size, random.nextLong());
                        return () -> new Noise.Call(draws.next(), false);
                    };
                    print(pool.function() + " " + size + " MB", drawn, drawn);
                }
            }
        }
    }

    private static List<Pool> pools(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return Pool.of(RowReader.read(file.toString(), reader.lines().iterator()));
        }
    }
}
