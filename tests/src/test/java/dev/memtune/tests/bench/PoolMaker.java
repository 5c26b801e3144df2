// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Makes pools for {@code memtune replay} of published mean curves: each size's mean times residuals, that is, invocations
 * over their own mean. {@code measured} residuals are those of one recorded function per curve, {@code made} ones are of the
 * classes seen in the field: log-normal with a coefficient of variation of 1 to 47 %, neighbours alike, environments that
 * differ by 1.5 to 5 %, in a third of the functions 1.4 % of calls 3 to 13 times too slow, in a tenth warming up. Of the {@code
 * warming} ones all warm up: the first call of an environment takes three times as long as the later ones; of the {@code uneven}
 * ones each size does so by a factor of its own, 1 to 4.
 *
 * <p>Arguments: the folder of records; {@code measured}, {@code made}, {@code warming} or {@code uneven}; a seed; and {@code
 * even}, {@code odd} or {@code all} curves, so that one half can be kept for a test. Writes CSV to standard output.
 */
public final class PoolMaker {
    private static final int SAMPLES = 400;
    private static final int PER_ENVIRONMENT = 40;
    private static final double[] VARIATIONS = {.01, .026, .048, .1, .18, .18, .3, .47};

    private static final double USUAL_WARM_UP = 2;
    private static final double MOST_WARM_UP = 3;

    private final String kind;
    private final SplittableRandom random;
    private final PrintStream out;

    private PoolMaker(String kind, long seed, PrintStream out) {
        this.kind = kind;
        this.random = new SplittableRandom(seed).split();
        this.out = out;
    }

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        boolean isMeasured = arguments[1].equals("measured");
        int half = List.of("even", "odd", "all").indexOf(arguments[3]);
        PoolMaker maker = new PoolMaker(arguments[1], Long.parseLong(arguments[2]), System.out);
        List<NavigableMap<Integer, double[]>> donors = isMeasured ? donors(folder) : List.of();
        System.out.println("function,memory_mb,sample_index,billed_ms");
        int number = 0;
        for (Map.Entry<String, NavigableMap<Integer, Double>> curve :
                curves(folder).entrySet()) {
            number++;
            if (half == 2 || number % 2 == half) {
                maker.pool(curve.getKey(), curve.getValue(), donors);
            }
        }
    }

    private void pool(String name, NavigableMap<Integer, Double> curve, List<NavigableMap<Integer, double[]>> donors) {
        if (!donors.isEmpty()) {
            NavigableMap<Integer, double[]> donor = donors.get(random.nextInt(donors.size()));
            curve.forEach(
                    (size, mean) -> write(name, size, mean, Objects.requireNonNull(donor.get(nearest(donor, size)))));
            return;
        }
        Noise noise = Noise.drawn(random);
        curve.forEach((size, mean) -> write(name, size, mean, noise.residuals(random, warmUp(noise))));
    }

    /** By how much the first call of an environment takes longer, as a share. */
    private double warmUp(Noise noise) {
        return switch (kind) {
            case "warming" -> USUAL_WARM_UP;
            case "uneven" -> MOST_WARM_UP * random.nextDouble();
            default -> noise.warmsUp ? USUAL_WARM_UP : 0;
        };
    }

    private void write(String name, int size, double mean, double[] residuals) {
        for (int i = 0; i < residuals.length; i++) {
            long billedMs = (long) Math.ceil(Math.max(0.01, residuals[i] * mean));
            out.println(name + "," + size + "," + i + "," + billedMs);
        }
    }

    private static int nearest(NavigableMap<Integer, double[]> donor, int size) {
        Integer below = donor.floorKey(size);
        Integer above = donor.ceilingKey(size);
        if (below == null || above == null) {
            return Objects.requireNonNull(below == null ? above : below);
        }
        return size - below < above - size ? below : above;
    }

    /** What the calls of one function scatter like. */
    private record Noise(double variation, double likeness, double environment, double slowShare, boolean warmsUp) {
        static Noise drawn(SplittableRandom random) {
            double variation = VARIATIONS[random.nextInt(VARIATIONS.length)];
            return new Noise(
                    variation,
                    random.nextInt(3) == 0 ? 0.5 : 0.1,
                    variation < 0.06 ? 0.015 : 0.05,
                    random.nextInt(3) == 0 ? 0.014 : 0,
                    random.nextInt(10) == 0);
        }

        double[] residuals(SplittableRandom random, double first) {
            double sigma = Math.sqrt(Math.log1p(variation * variation));
            double[] values = new double[SAMPLES];
            double scatter = 0;
            double host = 0;
            for (int i = 0; i < SAMPLES; i++) {
                host = i % PER_ENVIRONMENT == 0 ? environment * random.nextGaussian() : host;
                scatter = likeness * scatter + Math.sqrt(1 - likeness * likeness) * random.nextGaussian();
                double slow = random.nextDouble() < slowShare ? 3 + 10 * random.nextDouble() : 1;
                double warmUp = 1 + first * Math.exp(-(i % PER_ENVIRONMENT) / 10.0);
                values[i] = Math.exp(sigma * scatter + host) * slow * warmUp;
            }
            return overMean(values);
        }
    }

    private static double[] overMean(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(value -> value / mean).toArray();
    }

    private static NavigableMap<String, NavigableMap<Integer, Double>> curves(Path folder) throws IOException {
        NavigableMap<String, NavigableMap<Integer, Double>> curves = new TreeMap<>();
        for (Map<String, String> row : rows(folder.resolve("cebert_aws_2025_summary.csv"))) {
            add(curves, cell(row, "function"), row, "mean_ms");
        }
        for (Map<String, String> row : rows(folder.resolve("lpt_urls_summary.csv"))) {
            // Later runs zoom into a few megabytes, where the curve is all noise.
            if (cell(row, "run").equals("1") && Integer.parseInt(cell(row, "memory_mb")) >= 128) {
                add(curves, cell(row, "function"), row, "avg_duration_ms");
            }
        }
        return curves;
    }

    private static void add(
            NavigableMap<String, NavigableMap<Integer, Double>> curves,
            String name,
            Map<String, String> row,
            String column) {
        curves.computeIfAbsent(name, one -> new TreeMap<>())
                .put(Integer.valueOf(cell(row, "memory_mb")), Double.valueOf(cell(row, column)));
    }

    private static List<NavigableMap<Integer, double[]>> donors(Path folder) throws IOException {
        NavigableMap<String, NavigableMap<Integer, List<Double>>> cells = new TreeMap<>();
        for (String file : List.of("demystifying_aws_2025.csv.gz", "faasdom_aws_2020.csv")) {
            for (Map<String, String> row : rows(folder.resolve(file))) {
                cells.computeIfAbsent(cell(row, "function"), one -> new TreeMap<>())
                        .computeIfAbsent(Integer.valueOf(cell(row, "memory_mb")), one -> new ArrayList<>())
                        .add(Double.valueOf(cell(row, "billed_ms")));
            }
        }
        List<NavigableMap<Integer, double[]>> donors = new ArrayList<>();
        for (NavigableMap<Integer, List<Double>> function : cells.values()) {
            NavigableMap<Integer, double[]> donor = new TreeMap<>();
            function.forEach((size, values) -> donor.put(
                    size,
                    overMean(values.stream().mapToDouble(Double::doubleValue).toArray())));
            donors.add(donor);
        }
        return donors;
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            String[] head = Objects.requireNonNull(reader.readLine(), "head").split(",", -1);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < Math.min(head.length, cells.length); i++) {
                    row.put(head[i], cells[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
