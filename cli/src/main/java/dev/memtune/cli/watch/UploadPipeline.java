// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.StepTask;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.change.DeploymentLease;
import dev.memtune.core.port.FunctionDeployer;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.registry.Upload;
import dev.memtune.intake.Intake;
import dev.memtune.local.store.FileRegistry;
import dev.memtune.local.store.FileShelf;
import dev.memtune.local.store.StartedExecutions;
import dev.memtune.local.store.StreamCursor;
import dev.memtune.provisioner.Provisioner;
import dev.memtune.provisioner.ProvisionerLimits;
import dev.memtune.trigger.StartInput;
import dev.memtune.trigger.Trigger;
import dev.memtune.trigger.TriggerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The way from a dropped zip to {@code prod}: everything that a deployed stack has between its bucket and its state machine,
 * driven by one thread. What takes time, deployments and tunings, is done by others, a bounded number at once. Everything that
 * has to survive is in the registry, the run store and the functions; what a process forgets, the next one finds there.
 */
public final class UploadPipeline implements AutoCloseable {
    private static final String ALIAS = "prod";
    private static final int DEPLOYMENTS_AT_ONCE = 4;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration CLEAN_UP_TIME = Duration.ofSeconds(60);
    private static final ProvisionerLimits LIMITS = new ProvisionerLimits(
            Duration.ofMinutes(15), Duration.ofHours(24), Duration.ofMillis(50), Duration.ofSeconds(2));

    private final FileRegistry registry;
    private final FileShelf shelf;
    private final Ports ports;
    private final Intake intake;
    private final DropFolder drops;
    private final Bell bell = new Bell();
    private final ExecutorService deployments;
    private final StartedExecutions started;
    private final LocalExecutions executions;
    private final TriggerFeed trigger;
    private final ProvisionerFeed provisioner;
    private final NewsFeed news;
    private final Restart restart;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean isStopping;

    /**
     * What the pipeline stands on.
     *
     * @param folder the watched folder
     * @param ports of the Lambda service that stands for the account
     * @param deployer brings functions there
     * @param prices the rates
     * @param missing says why a runtime is not to be had there
     * @param environment what of the machine bears on the figures
     */
    public record Ground(
            WatchedFolder folder,
            Ports ports,
            FunctionDeployer deployer,
            PriceTable prices,
            Function<String, Optional<String>> missing,
            Map<String, String> environment) {}

    /**
     * Opens a pipeline.
     *
     * @param tuningsAtOnce the most executions at once, 1 or more
     * @param quiet whether tunings say nothing of their progress
     */
    public UploadPipeline(Ground ground, int tuningsAtOnce, Terminal terminal, boolean quiet) throws IOException {
        WatchedFolder folder = ground.folder();
        this.registry = new FileRegistry(folder.registry());
        this.shelf = new FileShelf(folder.shelf());
        this.ports = ground.ports().uploading(shelf, registry, ground.prices());
        this.intake = new Intake(shelf, registry, new AlgorithmPackages(PackageLimits.defaults()), ports.clock());
        this.drops = new DropFolder(folder.drop(), ports.clock(), line -> say(terminal, line));
        this.deployments = Executors.newFixedThreadPool(
                DEPLOYMENTS_AT_ONCE, Thread.ofVirtual().name("deployment-", 0).factory());
        this.started = new StartedExecutions(folder.executions());
        this.executions = new LocalExecutions(ports, started, tuningsAtOnce, terminal, quiet, bell);
        this.trigger = new TriggerFeed(
                cursor(folder, "trigger"), task(terminal), executions::hasRoom, line -> say(terminal, line));
        this.provisioner = new ProvisionerFeed(
                cursor(folder, "provisioner"), provisioner(ground), ports.clock(), line -> say(terminal, line));
        this.news = new NewsFeed(
                cursor(folder, "news"),
                registry,
                new ResultsWriter(folder, ports.store(), ground.environment()),
                folder,
                terminal);
        this.restart = new Restart(ports, line -> terminal.err().println(line));
    }

    private StreamCursor cursor(WatchedFolder folder, String reader) throws IOException {
        return new StreamCursor(registry, folder.cursor(reader));
    }

    private StepTask task(Terminal terminal) {
        Trigger step = new Trigger(executions, new StartInput(ALIAS), new TuningStatus(registry, ports.clock()));
        return new StepTask("trigger", new TriggerHandler(step, line -> say(terminal, line)));
    }

    private Provisioner provisioner(Ground ground) throws IOException {
        EmbeddedStacks stacks = new EmbeddedStacks(
                ground.deployer(), shelf, ground.missing(), ground.folder().stacks(), this::deploy);
        DeploymentLease lease = new DeploymentLease(ports.control(), ports.clock());
        return new Provisioner(registry, stacks, lease, LIMITS, ports.clock());
    }

    private void deploy(Runnable deployment) {
        deployments.execute(() -> {
            deployment.run();
            bell.run();
        });
    }

    private static void say(Terminal terminal, String line) {
        terminal.err().println("memtune: " + line);
    }

    /** The items. */
    public FileRegistry registry() {
        return registry;
    }

    /** Takes up what an earlier process has left. */
    public void recover() {
        restart.recover(started);
        registry.all().stream()
                .filter(item -> item.status() == AlgorithmStatus.UPLOADED)
                .map(AlgorithmItem::name)
                .forEach(provisioner::begin);
    }

    /**
     * Works until it is stopped.
     *
     * @param once whether to end when there is nothing left to do
     * @throws InterruptedException if the thread is interrupted
     * @throws UncheckedIOException if the folder cannot be used
     */
    public void run(boolean once) throws InterruptedException {
        boolean isDone = false;
        while (!isStopping && !isDone) {
            boolean isQuiet = executions.running().isEmpty();
            boolean moved = step();
            isDone = once && isQuiet && !moved && isIdle();
            if (!moved && !isDone) {
                bell.await(PAUSE);
            }
        }
        if (isStopping) {
            // Until then, whoever cleans up needs the service, which the caller closes.
            stopped.await(CLEAN_UP_TIME.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean step() {
        try {
            drops.look(this::takeIn);
            boolean provisioned = provisioner.step();
            boolean told = news.step();
            boolean triggered = trigger.step();
            return news.step() || provisioned || told || triggered;
        } catch (IOException e) {
            throw new UncheckedIOException("the watched folder cannot be used: " + e.getMessage(), e);
        }
    }

    private boolean isIdle() {
        return !drops.isWaiting() && provisioner.isIdle() && trigger.isIdle() && news.isIdle();
    }

    private boolean takeIn(Path file) {
        try {
            DroppedZip zip = DroppedZip.of(file);
            Upload last = registry.find(zip.name()).map(AlgorithmItem::upload).orElse(null);
            if (last == null || !zip.is(last)) {
                Upload upload = zip.after(last, ports.clock().instant());
                shelf.put(upload, file);
                intake.take(upload);
                shelf.discard(upload);
            }
            return true;
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
            return false; // It was taken away again.
        }
    }

    /** Stops: what is being tuned is cleaned up, and the next process tries it again. */
    public void stop() throws InterruptedException {
        isStopping = true;
        bell.run();
        try {
            Set<String> running = executions.running();
            executions.stop(CLEAN_UP_TIME);
            running.forEach(restart::again);
        } finally {
            stopped.countDown();
        }
    }

    @Override
    public void close() {
        deployments.shutdownNow();
    }
}
