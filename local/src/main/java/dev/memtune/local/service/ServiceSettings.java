// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How an embedded Lambda service is set up.
 *
 * @param dataDirectory where functions are kept; made if missing, used by one service at a time
 * @param port the port on loopback, 0 for a free one
 * @param arns the account and region that the service pretends to be; credentials and regions of clients are not checked
 * @param windows how long changes take at first
 * @param quotas the account's limits at first
 * @param retryDelays how long asynchronous invocations wait before they are tried again
 * @param clock the time
 * @param random makes RevisionIds and request ids and draws weighted routes; used by one thread at a time
 * @param interceptor sees every call
 * @param log takes one line per call, and a line per event that nobody is told of otherwise
 */
public record ServiceSettings(
        Path dataDirectory,
        int port,
        FunctionArns arns,
        Windows windows,
        Quotas quotas,
        RetryDelays retryDelays,
        InstantSource clock,
        RandomGenerator random,
        CallInterceptor interceptor,
        Consumer<String> log) {
    private static final Windows DEFAULT_WINDOWS = new Windows(Duration.ofMillis(200), Duration.ofMillis(100));

    /** Makes the directory absolute: functions run in a folder of their own and find their code all the same. */
    public ServiceSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, got: " + port);
        }
        Objects.requireNonNull(arns, "arns");
        Objects.requireNonNull(windows, "windows");
        Objects.requireNonNull(quotas, "quotas");
        Objects.requireNonNull(retryDelays, "retryDelays");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(interceptor, "interceptor");
        Objects.requireNonNull(log, "log");
    }

    /**
     * The usual settings: a free port, {@code us-east-1}, account {@code 000000000000}, short windows, the quotas of an
     * established account, no log.
     */
    public static ServiceSettings defaults(Path dataDirectory, InstantSource clock, RandomGenerator random) {
        return new ServiceSettings(
                dataDirectory,
                0,
                new FunctionArns("us-east-1", "000000000000"),
                DEFAULT_WINDOWS,
                Quotas.DEFAULTS,
                RetryDelays.DEFAULTS,
                clock,
                random,
                CallInterceptor.NONE,
                line -> {});
    }

    /** The same on another port. */
    public ServiceSettings withPort(int newPort) {
        return new ServiceSettings(
                dataDirectory, newPort, arns, windows, quotas, retryDelays, clock, random, interceptor, log);
    }

    /** The same for another account and region. */
    public ServiceSettings withArns(FunctionArns newArns) {
        return new ServiceSettings(
                dataDirectory, port, newArns, windows, quotas, retryDelays, clock, random, interceptor, log);
    }

    /** The same with other windows. */
    public ServiceSettings withWindows(Windows newWindows) {
        return new ServiceSettings(
                dataDirectory, port, arns, newWindows, quotas, retryDelays, clock, random, interceptor, log);
    }

    /** The same with other quotas. */
    public ServiceSettings withQuotas(Quotas newQuotas) {
        return new ServiceSettings(
                dataDirectory, port, arns, windows, newQuotas, retryDelays, clock, random, interceptor, log);
    }

    /** The same with another interceptor. */
    public ServiceSettings withInterceptor(CallInterceptor newInterceptor) {
        return new ServiceSettings(
                dataDirectory, port, arns, windows, quotas, retryDelays, clock, random, newInterceptor, log);
    }

    /** The same with another log. */
    public ServiceSettings withLog(Consumer<String> newLog) {
        return new ServiceSettings(
                dataDirectory, port, arns, windows, quotas, retryDelays, clock, random, interceptor, newLog);
    }

    /** The same with other waits of asynchronous invocations. */
    public ServiceSettings withRetryDelays(RetryDelays newDelays) {
        return new ServiceSettings(
                dataDirectory, port, arns, windows, quotas, newDelays, clock, random, interceptor, log);
    }
}
