// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A function of 512 MB in memory, on which a run has begun and taken the lease; for tests of the steps after Initialize. */
public final class StartedRun {
    /** The run's id. */
    public static final String RUN_ID = "run0000001";
    /** How the function is called. */
    public static final String FUNCTION = "primes";

    /** The time. */
    public final VirtualClock clock = new VirtualClock();
    /** The service. */
    public final InMemoryLambda lambda = new InMemoryLambda(clock);
    /** The function. */
    public final ModelFunction function = lambda.add(FUNCTION, 512);
    /** The run store. */
    public final InMemoryRunStore store = new InMemoryRunStore();

    /** Begins the run; what the function was like before is arranged before. Promotes {@code prod}. */
    public StartedRun begin() {
        return begin("\"autoOptimize\":true,\"autoOptimizeAlias\":\"prod\"");
    }

    /** Begins the run with other members of the input than that it promotes {@code prod}. */
    public StartedRun begin(String members) {
        String json = "{\"lambdaARN\":\"" + FUNCTION + "\"," + members + "}";
        TuningInput input = TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 1);
        int highest = function.versions().stream()
                .map(FunctionConfiguration::version)
                .filter(version -> !version.equals(FunctionConfiguration.LATEST))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
        Run run = new Run(
                RUN_ID,
                "execution",
                FUNCTION,
                function.latest(),
                highest,
                function.aliases().get("prod"),
                input,
                1,
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)));
        store.create(run);
        store.append(RUN_ID, 1, LedgerEntry.alias(Kind.LEASE_INTENT, null, Lease.ALIAS, null));
        function.createAlias(
                Lease.ALIAS, FunctionConfiguration.LATEST, Lease.of(run).description());
        store.append(RUN_ID, 1, LedgerEntry.alias(Kind.LEASE_TAKEN, null, Lease.ALIAS, null));
        return this;
    }

    /** How the steps speak of the run. */
    public RunRef ref() {
        return new RunRef(RUN_ID, FUNCTION, 1);
    }

    /** The first round's plan for these sizes. */
    public static Plan plan(int... sizes) {
        List<Allocation> allocations = IntStream.of(sizes)
                .mapToObj(size -> new Allocation(Arm.ofSize(size), 0, 1, 1))
                .toList();
        return new Plan(1, allocations, 1, true, 1);
    }

    /** The run's ledger now. */
    public Ledger ledger() {
        return new Ledger(store.ledger(RUN_ID));
    }

    /** Every changing call so far, as {@code Action detail}. */
    public List<String> changes() {
        return lambda.calls().stream()
                .filter(LambdaCall::isChanging)
                .map(call -> call.action() + " " + call.detail())
                .toList();
    }
}
