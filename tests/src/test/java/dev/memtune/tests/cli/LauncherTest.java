// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a checkout, with a Java and a Maven, that are only made believe. */
class LauncherTest {
    private static final long END_SECONDS = 180;
    private static final List<String> TOOLS = List.of(
            "basename",
            "cat",
            "date",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "kill",
            "ln",
            "mkdir",
            "mktemp",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "sort",
            "tail",
            "tee",
            "touch",
            "tr",
            "uname",
            "wc");

    @TempDir
    private Path folder;

    private Path checkout;
    private Path bin;

    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (Path place : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
                if (Files.isExecutable(place.resolve(tool)) && !Files.exists(bin.resolve(tool))) {
                    executable(bin.resolve(tool), "#!/bin/sh\nexec " + place.resolve(tool) + " \"$@\"\n");
                }
            }
        }
        checkout = Files.createDirectory(folder.resolve("a check out"));
        String script = Files.readString(Cli.ROOT.resolve("memtune"))
                .replaceAll(
                        "/usr/lib/jvm|/usr/java|/opt/java|/opt/jdk|/opt/homebrew|/usr/local/opt|(?<=\\s)/Library",
                        "/nowhere");
        executable(checkout.resolve("memtune"), script);
        Files.createDirectories(checkout.resolve("cli/src/main"));
        Files.createDirectories(checkout.resolve("samples/primes-java/src/main"));
        Files.createDirectories(checkout.resolve("statemachine"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A JDK that says its version and, when it is started, what it was started with. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        executable(home.resolve("bin/java"), "#!/bin/sh\necho 'java " + name + "' \"$@\"\n");
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private void maven(String version, boolean succeeds) throws IOException {
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                if [ "$1" = -v ]; then echo "Apache Maven %s (x)"; exit 0; fi
                echo "$PWD" "$@" >>"%s"
                echo "[INFO] Building Memtune core 0.1.0                                                     [1/2]"
                echo "[ERROR] a line of the compiler"
                echo "[INFO] BUILD %s"
                """.formatted(
                        version, folder.resolve("mvn.log"), succeeds ? "SUCCESS" : "FAILURE"));
    }

    private List<String> builds() throws IOException {
        Path log = folder.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Result launch(Path javaHome, Path script, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                .as("the launcher ends")
                .isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path launcher() {
        return checkout.resolve("memtune");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoJdk() throws Exception {
        Result result = launch(folder.resolve("none"), launcher(), "demo");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(
                        "no JDK 21 or newer",
                        "Debian",
                        "apt-get install",
                        "Fedora",
                        "dnf install",
                        "macOS",
                        "brew install")
                .contains("JAVA_HOME");
    }

    @Test
    void passesOverAnOlderJavaAndFindsANewerOne() throws Exception {
        Path old = jdk("old", "17.0.1");
        Path sdkman = jdk("home/.sdkman/candidates/java/25", "25.0.1");
        Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
        maven("3.9.9", true);

        Result result = launch(old, launcher(), "tune", "a b", "--num", "2");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("java home/.sdkman/candidates/java/25 ")
                .endsWith("dev.memtune.cli.Memtune tune a b --num 2\n");
        assertThat(sdkman).exists();
    }

    @Test
    void saysWhatToInstallWhenMavenIsMissingOrTooOld() throws Exception {
        Path jdk = jdk("jdk", "21.0.2");

        Result missing = launch(jdk, launcher(), "demo");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("Maven is needed", "apt-get install maven", "brew install maven");

        maven("3.6.3", true);
        Result old = launch(jdk, launcher(), "demo");
        assertThat(old.exitCode()).isEqualTo(1);
        assertThat(old.err()).contains("Maven 3.8.7 or newer is needed, found: 3.6.3");
        assertThat(builds()).isEmpty();
    }

    @Test
    void buildsOnceAndAgainOnlyAfterAChange() throws Exception {
        Path jdk = jdk("jdk", "21");
        maven("3.8.7", true);

        Result first = launch(jdk, launcher(), "--version");
        Result second = launch(jdk, launcher(), "--version");

        assertThat(first.err()).contains("building", "[1/2] core", "built in");
        assertThat(second.err()).isEmpty();
        assertThat(builds())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(checkout + " ")
                .contains("-pl cli,");

        Files.writeString(checkout.resolve("cli/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(
                checkout.resolve("cli/src/main/New.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        launch(jdk, launcher(), "--version");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void showsWhyABuildFailedAndDoesNotStart() throws Exception {
        maven("3.9.9", false);

        Result result = launch(jdk("jdk", "21"), launcher(), "demo");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("a line of the compiler", "the build failed", "build.log");
        assertThat(checkout.resolve(".memtune-build-lock")).doesNotExist();
    }

    @Test
    void worksThroughLinksFromAnywhere() throws Exception {
        maven("3.9.9", true);
        Path link = Files.createSymbolicLink(folder.resolve("mt"), Path.of("a check out/memtune"));
        Path second = Files.createSymbolicLink(folder.resolve("mt2"), link);

        Result result = launch(jdk("jdk", "25"), second, "demo");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("-Dmemtune.home=" + checkout.toRealPath() + " ", " demo");
    }

    @Test
    void isPlainPosixShell() throws Exception {
        Path dash = Path.of("/usr/bin/dash");
        assumeTrue(Files.isExecutable(dash), "no dash on this machine");

        Process process = new ProcessBuilder(
                        dash.toString(), "-n", Cli.ROOT.resolve("memtune").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
