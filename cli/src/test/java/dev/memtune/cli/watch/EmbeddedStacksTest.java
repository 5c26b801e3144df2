// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.AlgorithmStacksContract;
import dev.memtune.core.registry.Arrival;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.StackState;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.local.function.Windows;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import dev.memtune.local.store.FileShelf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On an embedded service; deployments are performed when the test says so. */
class EmbeddedStacksTest extends AlgorithmStacksContract {
    @TempDir
    private Path folder;

    private final Queue<Runnable> begun = new ArrayDeque<>();
    private EmbeddedLambda service;
    private LambdaClients clients;
    private FileShelf shelf;
    private EmbeddedStacks stacks;

    @BeforeEach
    void start() throws IOException {
        service = EmbeddedLambda.start(
                ServiceSettings.defaults(folder.resolve("lambda"), InstantSource.system(), new SplittableRandom(1))
                        .withWindows(Windows.NONE),
                new ModelFunctionRunner(new ModelCurve(10, 40, 5, 0.01, 64), new SplittableRandom(2)));
        clients = LambdaClients.of(new Endpoint.Loopback(service.endpoint(), "us-east-1"));
        shelf = new FileShelf(folder.resolve("shelf"));
        stacks = open();
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        service.close();
    }

    private EmbeddedStacks open() throws IOException {
        return new EmbeddedStacks(
                new AwsFunctionDeployer(
                        clients,
                        "arn:aws:iam::000000000000:role/x",
                        time -> Thread.sleep(Duration.ofNanos(time.toNanos()))),
                shelf,
                runtime -> runtime.startsWith("java") ? Optional.of("install Java") : Optional.empty(),
                folder.resolve("stacks"),
                begun::add);
    }

    @Override
    protected AlgorithmStacks stacks() {
        return stacks;
    }

    @Override
    protected UploadContent content(String name, AlgorithmType type) {
        return content(name, type, "python3.12", List.of());
    }

    @Override
    protected UploadContent broken(String name) {
        return content(
                name,
                AlgorithmType.TRANSFORM,
                "python3.12",
                List.of("arn:aws:lambda:us-east-1:000000000000:layer:nowhere:1"));
    }

    private UploadContent content(String name, AlgorithmType type, String runtime, List<String> layers) {
        String code = shelf.keep(name + "/code.zip", zip());
        AlgorithmSettings settings = new AlgorithmSettings(
                runtime,
                "handler.handler",
                type,
                null,
                null,
                30,
                Map.of("MODE", "real"),
                layers,
                List.of(),
                null,
                null,
                null);
        return new UploadContent(settings, code, "sha", "s3://memtune-local/payloads.json", List.of());
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("handler.py"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot zip", e);
        }
        return bytes.toByteArray();
    }

    @Override
    protected void settle(String name, boolean isBroken) {
        while (!begun.isEmpty()) {
            begun.remove().run();
        }
    }

    @Override
    protected void promote(String name) {
        // Nothing here looks at aliases.
    }

    @Test
    void knowsAfterARestartWhatIsDeployedAndForgetsWhatWasCutOff() throws IOException {
        stacks.deploy(item("kept"));
        settle("kept", false);
        stacks.deploy(item("cut"));

        stacks = open();

        assertThat(stacks.state("kept")).isInstanceOf(StackState.Deployed.class);
        assertThat(stacks.state("cut")).isInstanceOf(StackState.Absent.class);
    }

    @Test
    void deploysCodeAndSettings() {
        stacks.deploy(item("work"));
        settle("work", false);

        FunctionConfiguration latest =
                new AwsFunctionControl(clients, warning -> {}).configuration("work", FunctionConfiguration.LATEST);
        assertThat(latest.memoryMB()).isEqualTo(128);
        assertThat(latest.runtime()).contains("python3.12");
    }

    @Test
    void saysWhatIsMissingOnThisMachine() {
        AlgorithmItem item = AlgorithmItem.first(
                "java",
                Items.upload("java", "v1", "0A"),
                new Arrival.Checked(content("java", AlgorithmType.TRANSFORM, "java21", List.of())),
                Items.NOW);
        stacks.deploy(item);
        settle("java", true);

        assertThat(stacks.state("java"))
                .isInstanceOfSatisfying(StackState.Failed.class, failed -> assertThat(failed.reasons())
                        .containsExactly("java cannot run on this machine: install Java"));
    }

    private AlgorithmItem item(String name) {
        return AlgorithmItem.first(
                name,
                Items.upload(name, "v1", "0A"),
                new Arrival.Checked(content(name, AlgorithmType.TRANSFORM)),
                Items.NOW);
    }
}
