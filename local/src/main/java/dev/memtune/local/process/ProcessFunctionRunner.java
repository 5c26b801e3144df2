// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs functions as processes of this machine. What runs at the same time is bounded by CPU shares: a call waits its turn first,
 * and its duration begins after that.
 */
public final class ProcessFunctionRunner implements FunctionRunner {
    private static final int WAITERS_MAX = 10_000;
    private static final int REUSE_TRIES_MAX = 100;

    private final Path folder;
    private final Warden warden;
    private final Confiner confiner;
    private final EnvironmentPool pool;
    private final Admission admission;
    private final EnvironmentStart.Host host;
    private final Provisioning provisioning;
    private final ScheduledExecutorService housekeeping;
    private final ScheduledFuture<?> idleEnding;

    /**
     * @throws IOException if the folder for environments cannot be made or the shell beside the service not started
     * @throws IllegalStateException if the means of the CPU share are forced and the machine lacks them
     */
    public ProcessFunctionRunner(ProcessSettings settings) throws IOException {
        this.folder = Files.createTempDirectory(settings.temporaryRoot(), "memtune-functions-");
        Path runtime = Files.createDirectory(folder.resolve("runtime"));
        Bootstraps.unpack(runtime);
        this.warden = new Warden(folder);
        this.confiner = Sandbox.around(Confiners.choose(settings, warden), folder, runtime);
        this.pool = new EnvironmentPool(
                settings.environmentLimit(), settings.idleLimit().toNanos());
        this.admission = new Admission(settings.cpus(), WAITERS_MAX);
        Launch launch = new Launch(new Runtimes(settings.javaHome()), runtime);
        this.host = new EnvironmentStart.Host(settings, folder, launch, confiner, warden);
        this.provisioning = new Provisioning(this::prepared, pool, Math.max(1, settings.environmentLimit() / 2));
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("function-housekeeping").factory());
        long intervalMs = Math.max(100, settings.idleLimit().dividedBy(4).toMillis());
        this.idleEnding =
                housekeeping.scheduleWithFixedDelay(this::keepHouse, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    private void keepHouse() {
        pool.endIdle(System.nanoTime());
        provisioning.topUp();
    }

    @Override
    public InvocationResult invoke(RunnableVersion version, Invocation invocation) throws InterruptedException {
        for (int tries = 0; tries < REUSE_TRIES_MAX; tries++) {
            Optional<InvocationResult> result = warm(version, invocation);
            if (result.isPresent()) {
                return result.get();
            }
            result = cold(version, invocation);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new NotRun(
                NotRun.Reason.BUSY,
                "Environments of " + version.versionArn() + " were taken by others " + REUSE_TRIES_MAX
                        + " times; invoke fewer at a time");
    }

    private Optional<InvocationResult> warm(RunnableVersion version, Invocation invocation)
            throws InterruptedException {
        try (Admission.Permit permit = admission.acquire(version.memoryMB())) {
            Optional<Environment> idle = pool.takeIdle(version.versionArn());
            if (idle.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new InvocationRun(host, pool, permit, version, invocation).warm(idle.get()));
        } catch (IOException e) {
            throw notStarted(version, e);
        }
    }

    // Init has a whole CPU, as on Lambda, and is admitted with that share.
    private Optional<InvocationResult> cold(RunnableVersion version, Invocation invocation)
            throws InterruptedException {
        int shareMB = Math.max(version.memoryMB(), CpuShare.MB_PER_CPU);
        try (Admission.Permit permit = admission.acquire(shareMB)) {
            InvocationRun run = new InvocationRun(host, pool, permit, version, invocation);
            Optional<Environment> idle = pool.takeIdle(version.versionArn());
            if (idle.isPresent()) {
                permit.shrinkTo(version.memoryMB());
                return Optional.of(run.warm(idle.get()));
            }
            return Optional.of(run.cold(environmentName()));
        } catch (IOException e) {
            throw notStarted(version, e);
        }
    }

    private static NotRun notStarted(RunnableVersion version, IOException cause) {
        return new NotRun(
                NotRun.Reason.HOST,
                "No process could be started for " + version.versionArn() + ": " + cause.getMessage(),
                cause);
    }

    private static String environmentName() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void provision(RunnableVersion version, int environments) {
        provisioning.set(version, environments);
    }

    private boolean prepared(RunnableVersion version) throws InterruptedException {
        int shareMB = Math.max(version.memoryMB(), CpuShare.MB_PER_CPU);
        Invocation none = new Invocation(UUID.randomUUID().toString(), "", new byte[0], Optional.empty());
        try (Admission.Permit permit = admission.acquire(shareMB)) {
            return new InvocationRun(host, pool, permit, version, none).prepare(environmentName());
        } catch (IOException e) {
            throw notStarted(version, e);
        }
    }

    @Override
    public void retire(String versionArn) {
        provisioning.forget(versionArn);
        pool.retire(versionArn);
    }

    @Override
    public Isolation isolation() {
        return confiner.isolation();
    }

    /** How many environments there are, for tests and reports. */
    int environments() {
        return pool.size();
    }

    /** How many environments of a version wait for an invocation, for tests and reports. */
    int idle(String versionArn) {
        return pool.idle(versionArn);
    }

    @Override
    public void close() {
        idleEnding.cancel(false);
        housekeeping.shutdownNow();
        provisioning.close();
        pool.close();
        confiner.close();
        Folders.delete(folder);
        warden.close();
    }
}
