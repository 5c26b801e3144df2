// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import static dev.memtune.core.algorithm.PackageFixture.accepted;
import static dev.memtune.core.algorithm.PackageFixture.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.function.PowerValue;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.core.wire.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmPackagesTest {
    private final AlgorithmPackages packages = new AlgorithmPackages(PackageLimits.defaults());

    @TempDir
    Path folder;

    @Test
    void readsEveryField() {
        AlgorithmPackage read = PackageFixture.python()
                .with("metadata.json", """
                        {"name": "sum", "runtime": "python3.12", "handler": "app/main.run", "type": "in",
                         "memoryValues": [512, 128], "num": 7, "strategy": "speed", "policy": "standard",
                         "timeoutSeconds": 900, "environment": {"MODE": "x", "A_1": ""},
                         "layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:isolation:3"]}
                        """)
                .with("app/main.py", "")
                .accepted();

        assertThat(read.name()).isEqualTo("sum");
        assertThat(read.handler()).isEqualTo("app/main.run");
        assertThat(read.family()).isEqualTo(RuntimeFamily.PYTHON);
        assertThat(read.metadata().type()).contains(AlgorithmType.IN);
        assertThat(read.metadata().memoryValues()).containsExactly(new PowerValue(512), new PowerValue(128));
        assertThat(read.metadata().invocationCount()).hasValue(7);
        assertThat(read.metadata().strategy()).contains(Strategy.DURATION);
        assertThat(read.metadata().policy()).contains("standard");
        assertThat(read.metadata().timeoutSeconds()).isEqualTo(900);
        assertThat(read.metadata().environment()).containsEntry("MODE", "x").containsEntry("A_1", "");
        assertThat(read.metadata().layers()).hasSize(1);
    }

    @Test
    void takesEveryTestEventInTheOrderOfTheNames() {
        AlgorithmPackage read = PackageFixture.python()
                .with("tests/b.json", "[1]")
                .with("tests/B.json", "null")
                .accepted();

        assertThat(read.testEvents())
                .containsExactly(
                        new TestEvent("B.json", "null"), new TestEvent("a.json", "{}"), new TestEvent("b.json", "[1]"));
    }

    @Test
    void takesThePayloadInPlaceOfTestEvents() {
        AlgorithmPackage read = PackageFixture.python()
                .without("tests/a.json")
                .with("metadata.json", "{\"name\": \"n\", \"runtime\": \"python3.9\", \"payload\": {\"a\": [1.5]}}")
                .accepted();

        assertThat(read.testEvents()).containsExactly(new TestEvent("payload", "{\"a\":[1.5]}"));
    }

    @Test
    void putsPythonDependenciesAtTheRootAndLeavesTestsOut() {
        AlgorithmPackage read = PackageFixture.python()
                .with("packages/requests/__init__.py", "")
                .with("data/table.csv", "1,2")
                .accepted();

        assertThat(read.code()).containsOnlyKeys("handler.py", "requests/__init__.py", "data/table.csv");
        assertThat(read.handler()).isEqualTo("handler.handler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"packages/left-pad/index.js", "packages/node_modules/left-pad/index.js"})
    void putsNodeDependenciesIntoNodeModules(String dependency) {
        AlgorithmPackage read = PackageFixture.python()
                .without("handler.py")
                .with("metadata.json", "{\"name\": \"n\", \"runtime\": \"nodejs22.x\"}")
                .with("handler.mjs", "export const handler = async () => 1;")
                .with(dependency, "")
                .accepted();

        assertThat(read.code()).containsOnlyKeys("handler.mjs", "node_modules/left-pad/index.js");
    }

    @Test
    void putsJarsIntoLibAndNothingElseOfAJavaProject() {
        byte[] jar =
                PackageFixture.empty().with("com/example/Handler.class", "x").zip();
        AlgorithmPackage read = java("com.example.Handler::handle")
                .with("handler.jar", jar)
                .with(
                        "packages/core.jar",
                        PackageFixture.empty().with("a.txt", "").zip())
                .with("pom.xml", "<project/>")
                .accepted();

        assertThat(read.code()).containsOnlyKeys("lib/handler.jar", "lib/core.jar");
        assertThat(read.handler()).isEqualTo("com.example.Handler::handle");
    }

    @Test
    void takesJavaClassesWithoutAJar() {
        assertThat(java("com.example.Handler")
                        .with("com/example/Handler.class", "x")
                        .accepted()
                        .code())
                .containsOnlyKeys("com/example/Handler.class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "bootstrap"})
    void makesTheBootstrapOfAProvidedRuntimeExecutable(String file) {
        AlgorithmPackage read = PackageFixture.python()
                .without("handler.py")
                .with("metadata.json", "{\"name\": \"n\", \"runtime\": \"provided.al2023\"}")
                .with(file, "#!/bin/sh")
                .with("packages/libx.so", "")
                .accepted();

        assertThat(read.code()).containsOnlyKeys("bootstrap", "libx.so");
        assertThat(read.code().firstEntry().getValue().isExecutable()).isTrue();
        assertThat(read.handler()).isEqualTo("bootstrap");
    }

    @Test
    void readsAPlainFolderAsItIs() throws IOException {
        PackageFixture.empty().with("main.py", "").with("tests/unit.py", "").folder(folder);

        AlgorithmPackage read = accepted(packages.readPlain(folder, "plain", "python3.11", Optional.of("main.run")));

        assertThat(read.code()).containsOnlyKeys("main.py", "tests/unit.py");
        assertThat(read.testEvents()).isEmpty();
        assertThat(read.name()).isEqualTo("plain");
    }

    @Test
    void listsEveryProblemOfAPlainFolder() throws IOException {
        PackageFixture.empty().with("main.py", "").folder(folder);

        assertThat(problems(packages.readPlain(folder, "a b", "python3.11", Optional.of("other.run"))))
                .satisfiesExactly(
                        name -> assertThat(name)
                                .startsWith("name: must be 1 to 64 letters")
                                .contains("got: 'a b'"),
                        handler -> assertThat(handler)
                                .startsWith("handler: must be in the package: 'other.run' needs other.py")
                                .contains("got: only main.py"));
    }

    @Test
    void readsAZipFileAndRefusesWhatIsNone() throws IOException {
        Path zip = Files.write(folder.resolve("a.zip"), PackageFixture.python().zip());
        Path text = Files.writeString(folder.resolve("b.zip"), "hello");

        assertThat(accepted(packages.read(zip)).name()).isEqualTo("sum");
        assertThat(problems(packages.read(text)))
                .containsExactly("package: must be a whole zip file, got: 5 bytes that are not a zip. Pack it again");
        assertThat(problems(packages.read(folder.resolve("none"))))
                .containsExactly(folder.resolve("none") + ": must exist, got: nothing. Check the path");
    }

    private static PackageFixture java(String handler) {
        return PackageFixture.python()
                .without("handler.py")
                .with("metadata.json", "{\"name\": \"n\", \"runtime\": \"java21\", \"handler\": \"" + handler + "\"}");
    }
}
