// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.aws.runs.AwsRunStore;
import dev.memtune.aws.runs.AwsTuningSlots;
import dev.memtune.aws.runs.RunStoreSettings;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.port.TuningSlots;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a deployed step, wired from its environment. One set of clients per process; only the adapters that are asked
 * for are made, so a package holds no more clients than its step uses.
 *
 * <pre>
 * MEMTUNE_TABLE            the run store's table
 * MEMTUNE_RETENTION_DAYS   how long runs are kept there; 90 if unset
 * MEMTUNE_MAX_RUNNING      the most tunings at once of those that wait their turn; 10 if unset
 * </pre>
 *
 * <p>Region, credentials and endpoints are found by the SDK itself: {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_LAMBDA}. A run
 * may name a role, and a function in another region: see {@link ByAccount}.
 */
public final class StepPorts {
    private static final String TABLE = "MEMTUNE_TABLE";
    private static final String RETENTION = "MEMTUNE_RETENTION_DAYS";
    private static final String REGION = "AWS_REGION";
    private static final String DEFAULT_RETENTION_DAYS = "90";
    private static final String MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
    private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";
    /** What is billed with the first call: neither environments kept ready nor snapshots begin like this. */
    private static final String ON_DEMAND = "on-demand";

    private static final String RUNNING = "MEMTUNE_MAX_RUNNING";
    private static final String DEFAULT_RUNNING = "10";

    private final Map<String, String> environment;
    /** Where the run store and the objects are, whatever is tuned. */
    private final Endpoint home = new Endpoint.Default();
    /** Where the functions and their logs are. */
    private final Endpoint endpoint;

    private final InstantSource clock = InstantSource.system();
    private final Sleeper sleeper = duration -> Thread.sleep(Duration.ofNanos(duration.toNanos()));

    private final Throttles throttles;
    private @Nullable RunStore store;

    StepPorts(Map<String, String> environment) {
        this(environment, new Endpoint.Default(), new Throttles(), null);
    }

    StepPorts(Map<String, String> environment, Endpoint endpoint, Throttles throttles, @Nullable RunStore store) {
        this.environment = environment;
        this.endpoint = endpoint;
        this.throttles = throttles;
        this.store = store;
    }

    /** The ports of this process. */
    public static StepPorts ofEnvironment() {
        return new StepPorts(System.getenv());
    }

    /**
     * The run store.
     *
     * @throws IllegalStateException if the environment names no table, or no number of days
     */
    public synchronized RunStore store() {
        if (store == null) {
            store = AwsRunStore.of(settings());
        }
        return store;
    }

    /**
     * The slots of tunings that wait their turn.
     *
     * @throws IllegalStateException if the environment names no table, or no number of tunings
     */
    public TuningSlots slots() {
        return AwsTuningSlots.of(settings(), number(RUNNING, DEFAULT_RUNNING));
    }

    /** The same ports, with the functions and logs of another account or region, and this run store. */
    StepPorts at(Endpoint other) {
        return new StepPorts(environment, other, throttles, store());
    }

    /**
     * Where a function is asked for, and as whom.
     *
     * @param function its name or ARN
     * @param roleArn the role to assume; null for the step's own
     */
    Endpoint reach(String function, @Nullable String roleArn) {
        String region = FunctionReference.parse(function)
                .map(FunctionReference::region)
                .filter(named -> !named.equals(environment.get(REGION)))
                .orElse(null);
        return region == null && roleArn == null
                ? new Endpoint.Default()
                : new Endpoint.Account(region, null, null, roleArn);
    }

    /** Clients of the account's Lambda, to be shared by the adapters of this process. */
    public LambdaClients clients() {
        return LambdaClients.of(endpoint, throttles);
    }

    /** The control plane. What an endpoint lacks is said on standard error, which is the step's log. */
    public FunctionControl control(LambdaClients clients) {
        return new AwsFunctionControl(clients, warning -> System.err.println("memtune: " + warning));
    }

    /** Invocations. */
    public FunctionInvoker invoker(LambdaClients clients) {
        return new AwsFunctionInvoker(clients);
    }

    /** CloudWatch Logs, for the reports that answers lack. */
    public ReportSource logs() {
        return AwsReportSource.of(endpoint, clock, sleeper);
    }

    /** Amazon S3, for events that an input keeps there. */
    public ObjectSource objects() {
        return AwsObjectSource.of(home);
    }

    /**
     * Counts what the step itself uses. To be asked for last: what comes before is the process's initialization, which this
     * completes by a first question to the run store.
     */
    public StepMeter meter() {
        prime();
        int memoryMB = Integer.parseInt(environment.getOrDefault(MEMORY, "0"));
        return new StepMeter(store(), clock, throttles::take, memoryMB, initialization());
    }

    /**
     * Asks the run store for what is not there. What the first question needs is loaded and connected then: on a processor
     * that is not throttled while a function starts, and as part of a snapshot where there is one.
     */
    private void prime() {
        try {
            store().document("none", "none");
        } catch (RuntimeException e) {
            // The first call asks again, and says what is wrong.
            System.err.println("memtune: the run store does not answer yet: " + e.getMessage());
        }
    }

    /** Since 1 August 2025 billed to every function: <a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>. */
    private Duration initialization() {
        if (!ON_DEMAND.equals(environment.get(INITIALIZATION))) {
            return Duration.ZERO;
        }
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, clock.instant()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** The rates of the step's own function and of its state machine. */
    public Price ownPrice(PriceTable prices) {
        return prices.price(environment.getOrDefault(REGION, "unknown"), architecture());
    }

    private static Architecture architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? Architecture.ARM64 : Architecture.X86_64;
    }

    /** What the template sets besides; empty if it is not set. */
    public String setting(String name) {
        return environment.getOrDefault(name, "");
    }

    /** The time. */
    public InstantSource clock() {
        return clock;
    }

    /** Waits for real. */
    public Sleeper sleeper() {
        return sleeper;
    }

    private RunStoreSettings settings() {
        Duration retention = Duration.ofDays(number(RETENTION, DEFAULT_RETENTION_DAYS));
        return new RunStoreSettings(home, required(TABLE), retention, clock, sleeper, new SecureRandom());
    }

    private int number(String name, String unset) {
        String number = environment.getOrDefault(name, unset);
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(name + " must be a whole number, got: " + number, e);
        }
    }

    private String required(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    name + " must be set, got nothing; template.yaml sets it for every step's function");
        }
        return value;
    }
}
