// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Windows;
import java.time.Duration;
import java.util.Objects;

/** What tests may change while the service runs. Safe for use by many threads. */
public final class Switches {
    private volatile Windows windows;
    private volatile Quotas quotas;
    private volatile CallInterceptor interceptor;
    private volatile Duration roundTrip = Duration.ZERO;

    Switches(Windows windows, Quotas quotas, CallInterceptor interceptor) {
        this.windows = Objects.requireNonNull(windows, "windows");
        this.quotas = Objects.requireNonNull(quotas, "quotas");
        this.interceptor = Objects.requireNonNull(interceptor, "interceptor");
    }

    /** How long changes take. */
    public Windows windows() {
        return windows;
    }

    /** Sets how long changes take from now on; changes under way keep their end. */
    public void windows(Windows newWindows) {
        windows = Objects.requireNonNull(newWindows, "newWindows");
    }

    /** The account's limits. */
    public Quotas quotas() {
        return quotas;
    }

    /** Sets the account's limits. */
    public void quotas(Quotas newQuotas) {
        quotas = Objects.requireNonNull(newQuotas, "newQuotas");
    }

    /** Who sees every call. */
    public CallInterceptor interceptor() {
        return interceptor;
    }

    /** Sets who sees every call from now on. */
    public void interceptor(CallInterceptor newInterceptor) {
        interceptor = Objects.requireNonNull(newInterceptor, "newInterceptor");
    }

    /** How long every call takes besides its work, half of it before the effect and half after. */
    public Duration roundTrip() {
        return roundTrip;
    }

    /**
     * Sets how long every call takes besides its work.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void roundTrip(Duration newRoundTrip) {
        if (newRoundTrip.isNegative()) {
            throw new IllegalArgumentException("roundTrip must not be negative, got: " + newRoundTrip);
        }
        roundTrip = newRoundTrip;
    }
}
