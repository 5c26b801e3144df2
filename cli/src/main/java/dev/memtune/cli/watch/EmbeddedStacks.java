// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.core.function.PowerValue;
import dev.memtune.core.port.FunctionDeployer;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.StackState;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.S3Location;
import dev.memtune.local.store.AtomicFiles;
import dev.memtune.local.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Deploys algorithms to the embedded service, a function for each. What is deployed is noted in a file; a deployment that was
 * cut off is begun again. There are no queues here, so connecting one is a note. A deployment that fails leaves versions and
 * aliases alone, and may leave {@code $LATEST} with its new code.
 */
final class EmbeddedStacks implements AlgorithmStacks {
    private static final int CODE_MAX_BYTES = 250 * 1024 * 1024;

    private final FunctionDeployer deployer;
    private final ObjectSource shelf;
    private final Function<String, Optional<String>> missing;
    private final Path directory;
    private final Executor executor;
    /** What is under way or has failed; the files have everything else. */
    private final Map<String, StackState> present = new ConcurrentHashMap<>();

    /**
     * @param missing says why a runtime is not to be had on this machine
     * @param directory keeps what is deployed
     * @param executor runs deployments, which wait
     */
    EmbeddedStacks(
            FunctionDeployer deployer,
            ObjectSource shelf,
            Function<String, Optional<String>> missing,
            Path directory,
            Executor executor)
            throws IOException {
        this.deployer = deployer;
        this.shelf = shelf;
        this.missing = missing;
        this.directory = Files.createDirectories(directory);
        this.executor = executor;
    }

    /** What a file notes. */
    private record Stack(String deployment, boolean takesFromQueue, boolean connected) {}

    @Override
    public void deploy(AlgorithmItem item) {
        String deployment = ExecutionName.of(item);
        StackState now = state(item.name());
        switch (now) {
            case StackState.Changing changing -> {
                if (!changing.deployment().equals(deployment)) {
                    throw conflict(item.name());
                }
            }
            case StackState.Deployed deployed -> begin(item, deployment, deployed.deployment());
            case StackState.Failed failed -> begin(item, deployment, failed.deployment());
            case StackState.Absent absent -> begin(item, deployment, "");
        }
    }

    private void begin(AlgorithmItem item, String deployment, String ended) {
        if (!ended.equals(deployment)) {
            present.put(item.name(), new StackState.Changing(deployment));
            executor.execute(() -> perform(item, deployment));
        }
    }

    private void perform(AlgorithmItem item, String deployment) {
        try {
            AlgorithmSettings settings = item.deployable().settings();
            Optional<String> obstacle = missing.apply(settings.runtime());
            if (obstacle.isPresent()) {
                fail(item, deployment, item.name() + " cannot run on this machine: " + obstacle.get());
                return;
            }
            deployer.deploy(deployment(item, settings));
            boolean connected = stack(item.name()).filter(Stack::connected).isPresent();
            write(item.name(), new Stack(deployment, settings.type() == AlgorithmType.IN, connected));
            present.remove(item.name());
        } catch (InterruptedException e) {
            present.remove(item.name());
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(item, deployment, String.valueOf(e.getMessage()));
        }
    }

    private Deployment deployment(AlgorithmItem item, AlgorithmSettings settings) {
        S3Location code = S3Location.of(item.deployable().code())
                .orElseThrow(() -> new IllegalStateException(
                        item.name() + ": " + item.deployable().code() + " is no place of code"));
        return new Deployment(
                item.name(),
                settings.runtime(),
                settings.handler(),
                Objects.requireNonNullElse(settings.architecture(), Architecture.X86_64),
                shelf.read(code, CODE_MAX_BYTES),
                PowerValue.MIN_MB,
                settings.timeoutSeconds(),
                settings.environment(),
                settings.layers());
    }

    private void fail(AlgorithmItem item, String deployment, String reason) {
        present.put(item.name(), new StackState.Failed(deployment, List.of(reason)));
    }

    @Override
    public boolean connect(String name) {
        Optional<Stack> open = stack(name).filter(Stack::takesFromQueue).filter(stack -> !stack.connected());
        open.ifPresent(stack -> write(name, new Stack(stack.deployment(), true, true)));
        return open.isEmpty();
    }

    @Override
    public void remove(String name) {
        if (state(name) instanceof StackState.Changing) {
            throw conflict(name);
        }
        deployer.remove(name);
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot forget the deployment of " + name, e);
        }
        present.remove(name);
    }

    @Override
    public StackState state(String name) {
        StackState known = present.get(name);
        if (known != null) {
            return known;
        }
        return stack(name)
                .<StackState>map(stack -> new StackState.Deployed(stack.deployment()))
                .orElseGet(StackState.Absent::new);
    }

    private static LambdaFault conflict(String name) {
        return new LambdaFault.Conflict("another change of " + name + " is under way", null);
    }

    private Optional<Stack> stack(String name) {
        try {
            return AtomicFiles.read(file(name)).map(json -> Json.read(json, Stack.class));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what is deployed of " + name, e);
        }
    }

    private void write(String name, Stack stack) {
        try {
            AtomicFiles.write(file(name), Json.write(stack), Durability.DISK);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note what is deployed of " + name, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }
}
