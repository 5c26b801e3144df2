// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses the means of confining functions. */
final class Confiners {
    private Confiners() {}

    /**
     * The best means there is, or the forced one.
     *
     * @throws IllegalStateException if the forced one is not there
     */
    static Confiner choose(ProcessSettings settings, Warden warden) {
        List<CpuMeans> ladder = settings.cpu().map(List::of).orElse(Arrays.asList(CpuMeans.values()));
        return ladder.stream()
                .flatMap(means -> find(means, settings.cpus(), warden).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "This machine has no " + ladder.getFirst().name().toLowerCase(Locale.ROOT)
                                + " to enforce CPU shares with; leave memtune.cpu out for the best it has"));
    }

    private static Optional<Confiner> find(CpuMeans means, int cpus, Warden warden) {
        return switch (means) {
            case CGROUP2 -> CgroupV2.find(cpus);
            case CGROUP1 -> CgroupV1.find(cpus);
            case DUTY -> DutyCycle.find(cpus, warden);
            case NONE -> Optional.of(new Unconfined(cpus));
        };
    }
}
