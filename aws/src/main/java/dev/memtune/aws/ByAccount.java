// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.run.Run;
import dev.memtune.core.wire.RunRef;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a step makes of its ports, once for each role and region that runs name, so that connections and assumed credentials
 * outlive an invocation. A function's ARN tells its region; its account is the role's. Safe for use by many threads.
 *
 * @param <T> a step, or a port
 */
public final class ByAccount<T> {
    /** Older ones are forgotten: who tunes with more roles than this at a time waits for credentials again. */
    static final int MOST = 16;

    private final StepPorts own;
    private final Function<StepPorts, T> maker;
    private final LinkedHashMap<Endpoint, T> made = new LinkedHashMap<>();

    private ByAccount(StepPorts own, Function<StepPorts, T> maker) {
        this.own = own;
        this.maker = maker;
    }

    /**
     * Makes the one for the step's own role and region at once, the others when they are needed.
     *
     * @param own the ports of this process
     */
    public static <T> ByAccount<T> of(StepPorts own, Function<StepPorts, T> maker) {
        ByAccount<T> all = new ByAccount<>(own, maker);
        all.at(new Endpoint.Default());
        return all;
    }

    /**
     * The one for a run.
     *
     * @throws IllegalStateException if there is no such run; Initialize writes it before any other step is called
     */
    public T of(RunRef ref) {
        Run run = own.store()
                .find(ref.runId())
                .orElseThrow(() -> new IllegalStateException("run must be in the run store, got: " + ref.runId()));
        return of(run);
    }

    /** The one for a run. */
    public T of(Run run) {
        return of(run.function(), run.input().terms().assumeRoleArn());
    }

    /**
     * The one for a function.
     *
     * @param function its name or ARN; what is neither is taken for a name
     * @param roleArn the role to assume; null for the step's own
     */
    public T of(String function, @Nullable String roleArn) {
        return at(own.reach(function, roleArn));
    }

    private synchronized T at(Endpoint endpoint) {
        T present = made.get(endpoint);
        if (present != null) {
            return present;
        }
        if (made.size() >= MOST) {
            made.pollFirstEntry();
        }
        T one = maker.apply(own.at(endpoint));
        made.put(endpoint, one);
        return one;
    }
}
