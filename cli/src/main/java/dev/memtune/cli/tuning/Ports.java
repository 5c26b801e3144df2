// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.registry.Registry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * What the steps are put on.
 *
 * @param control the control plane of the Lambda that is tuned
 * @param invoker invokes its functions
 * @param logs have the reports that the answers lack
 * @param objects have the events that an input keeps elsewhere
 * @param store the runs
 * @param registry the algorithms that were uploaded; none of them for a function that was named
 * @param prices the rates
 * @param clock the time
 * @param sleeper waits
 * @param throttles how many calls of the control plane were throttled since it was last asked
 */
public record Ports(
        FunctionControl control,
        FunctionInvoker invoker,
        ReportSource logs,
        ObjectSource objects,
        RunStore store,
        Registry registry,
        PriceTable prices,
        InstantSource clock,
        Sleeper sleeper,
        IntSupplier throttles) {
    /** Checks that nothing is null. */
    public Ports {
        Objects.requireNonNull(control, "control");
        Objects.requireNonNull(invoker, "invoker");
        Objects.requireNonNull(logs, "logs");
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(prices, "prices");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(throttles, "throttles");
    }

    /** The same for algorithms that were uploaded. */
    public Ports uploading(ObjectSource shelf, Registry algorithms, PriceTable rates) {
        return new Ports(control, invoker, logs, shelf, store, algorithms, rates, clock, sleeper, throttles);
    }

    /** The same with another run store. */
    public Ports storing(RunStore runs) {
        return new Ports(control, invoker, logs, objects, runs, registry, prices, clock, sleeper, throttles);
    }
}
