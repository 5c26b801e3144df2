// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps environments ready that were asked for in advance; what has ended is replaced at the next look. */
final class Provisioning implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Provisioning.class.getName());
    private static final long STOP_LIMIT_S = 10;

    private final Starter starter;
    private final EnvironmentPool pool;
    private final int limit;
    private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("provisioning").factory());
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Starts an idle environment of a version. */
    interface Starter {
        /** Starts one. @return whether init succeeded */
        boolean start(RunnableVersion version) throws InterruptedException;
    }

    private record Wish(RunnableVersion version, int environments) {}

    /** @param limit the most environments that are kept of one version */
    Provisioning(Starter starter, EnvironmentPool pool, int limit) {
        this.starter = starter;
        this.pool = pool;
        this.limit = limit;
    }

    void set(RunnableVersion version, int environments) {
        String arn = version.versionArn();
        int kept = Math.min(environments, limit);
        pool.provision(arn, kept);
        if (kept == 0) {
            wishes.remove(arn);
            return;
        }
        RunnableVersion provisioned = version.with(version.hosting().startedBy(Initialization.PROVISIONED_CONCURRENCY));
        wishes.put(arn, new Wish(provisioned, kept));
        topUp();
    }

    void forget(String versionArn) {
        pool.provision(versionArn, 0);
        wishes.remove(versionArn);
    }

    /** Starts what is missing, in the background. */
    void topUp() {
        if (!wishes.isEmpty() && scheduled.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        scheduled.set(false);
        try {
            for (Wish wish : wishes.values()) {
                fulfil(wish);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NotRun e) {
            LOG.log(Level.WARNING, "Provisioned environments could not be started: {0}", e.getMessage());
        }
    }

    private void fulfil(Wish wish) throws InterruptedException {
        String arn = wish.version().versionArn();
        for (int missing = wish.environments() - pool.count(arn); missing > 0; missing--) {
            if (!wishes.containsKey(arn) || !starter.start(wish.version())) {
                return;
            }
        }
    }

    @Override
    public void close() {
        wishes.clear();
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "Provisioning did not stop within {0} s", STOP_LIMIT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
