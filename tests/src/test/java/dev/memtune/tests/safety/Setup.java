// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.port.Workload;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the function is like before the run, what is asked, and how a run without faults ends. */
enum Setup {
    MEASURE_ONLY("256,512,1024", false, Outcome.KEPT),
    SEARCH_IN_ROUNDS("256,512,1024", true, Outcome.PROMOTED),
    PROMOTE_EXISTING("256,512,1024", true, Outcome.PROMOTED),
    PROMOTE_ABSENT("256,512,1024", true, Outcome.PROMOTED),
    PRESENT_SIZE_FIRST("512,1024", true, Outcome.PROMOTED),
    BEST_SERVED_ALREADY("512,1024", true, Outcome.KEPT),
    QUOTA("256,1024,10240", true, Outcome.PROMOTED),
    SLOW_ACTIVATION("256,1024", true, Outcome.PROMOTED),
    ALIAS_NAME_TAKEN("256,1024", true, Outcome.PROMOTED),
    HELD_BY_ANOTHER("256,1024", true, Outcome.BUSY),
    LEFT_BY_ANOTHER("256,1024", true, Outcome.PROMOTED),
    APPLIED_TO_LATEST("256,1024", true, Outcome.PROMOTED),
    HIDDEN_REPORTS("512,1024", true, Outcome.PROMOTED),
    KEPT_READY("256,1024", true, Outcome.PROMOTED),
    ASYNCHRONOUS("256,1024", true, Outcome.PROMOTED);

    /** The function's name. */
    static final String FUNCTION = "primes";
    /** Its own memory size. */
    static final int OWN_MB = 512;
    /** A run that this machine's store knows nothing of. */
    static final String OTHER_RUN = "otherrun01";

    private static final int INVOCATIONS = 2;
    /** The climb's three, one for the expected cold start, and twice as many to settle which of the equally cheap is best. */
    private static final int SEARCH_INVOCATIONS = 12;

    private final String sizes;
    private final boolean promotes;
    private final Outcome outcome;

    Setup(String sizes, boolean promotes, Outcome outcome) {
        this.sizes = sizes;
        this.promotes = promotes;
        this.outcome = outcome;
    }

    boolean promotes() {
        return promotes;
    }

    /** Whether the best size is written to {@code $LATEST} instead of being behind an alias. */
    boolean applies() {
        return this == APPLIED_TO_LATEST;
    }

    /** The function's system log level. */
    @Nullable
    String logLevel() {
        return this == HIDDEN_REPORTS ? "WARN" : null;
    }

    Outcome outcome() {
        return outcome;
    }

    /** The size that is best on the model: the largest is the fastest, the smallest the cheapest. */
    int bestMB() {
        return this == BEST_SERVED_ALREADY ? OWN_MB : 1024;
    }

    int sizeCount() {
        return sizes.split(",").length;
    }

    Set<Integer> trialSizes() {
        return Stream.of(sizes.split(","))
                .map(Integer::valueOf)
                .filter(size -> size != OWN_MB)
                .collect(Collectors.toSet());
    }

    /** The most invocations of a size. */
    int invocationsPerSize() {
        return this == SEARCH_IN_ROUNDS ? SEARCH_INVOCATIONS : INVOCATIONS;
    }

    /** A search for speed climbs down, a size a round, until the next is hopelessly slower. */
    String input() {
        boolean isSearch = this == SEARCH_IN_ROUNDS;
        String strategy = this == BEST_SERVED_ALREADY ? "cost" : "speed";
        String alias = applies() ? "" : ",\"autoOptimizeAlias\":\"prod\"";
        String promotion = promotes ? ",\"autoOptimize\":true" + alias : "";
        return "{\"lambdaARN\":\"" + FUNCTION + "\",\"num\":" + (isSearch ? 3 : INVOCATIONS)
                + (this == ASYNCHRONOUS ? ",\"asynchronous\":true" : "")
                + ",\"parallelInvocation\":false,\"policy\":\"" + (isSearch ? "quick" : "exhaustive")
                + "\",\"strategy\":\"" + strategy + "\",\"powerValues\":[" + sizes + "]"
                + promotion + "}";
    }

    /** What an invocation takes: work for the CPU, or as long at every size, so that the smallest is by far the cheapest. */
    Workload workload() {
        return this == BEST_SERVED_ALREADY
                ? (memoryMB, payload, number) -> Workload.Run.success(100)
                : Workload.cpuBound();
    }

    /** Makes the function so; returns the aliases that must be there afterwards as they are now. */
    Map<String, AliasConfiguration> prepare(ModelFunction function, String runId) {
        if (this == HIDDEN_REPORTS) {
            function.editLogLevel("WARN");
        }
        if (this != PROMOTE_ABSENT) {
            function.publish(null, null, "the user's first");
            function.putAlias("prod", "1", "the user's", Map.of());
            function.putAlias("stable", "1", "the user's other", Map.of());
        }
        if (this == QUOTA) {
            function.memoryQuotaMB(3008);
        }
        if (this == KEPT_READY) {
            function.provision("prod", 5, Duration.ofSeconds(12));
        }
        if (this == SLOW_ACTIVATION) {
            function.activationTime(Duration.ofSeconds(3));
        }
        if (this == ALIAS_NAME_TAKEN) {
            function.putAlias("memtune-256-" + runId, "1", "somebody else's", Map.of());
        }
        if (this == HELD_BY_ANOTHER) {
            function.putAlias(Lease.ALIAS, "$LATEST", lease(Duration.ofHours(9)), Map.of());
        }
        Map<String, AliasConfiguration> kept = new HashMap<>(function.aliases());
        if (this == LEFT_BY_ANOTHER) {
            function.putAlias(Lease.ALIAS, "$LATEST", lease(Duration.ofHours(-1)), Map.of());
        }
        return kept;
    }

    private static String lease(Duration time) {
        return new Lease(OTHER_RUN, 1, VirtualClock.START.plus(time), OWN_MB).description();
    }
}
