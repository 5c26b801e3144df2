// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Which runtimes this machine can run, and with what. Interpreters are looked for on the {@code PATH}, once. */
public final class Runtimes {
    private static final long PROBE_LIMIT_S = 20;

    private final Path javaHome;
    private final Map<Family, Found> found = new ConcurrentHashMap<>();

    /** The kinds of runtime; a runtime identifier's version is not looked at: the machine's own interpreter runs it. */
    public enum Family {
        /** {@code java*}: a JDK. */
        JAVA,
        /** {@code python*}: {@code python3}. */
        PYTHON,
        /** {@code nodejs*}: {@code node}. */
        NODE,
        /** {@code provided*}: the package's own {@code bootstrap}. */
        PROVIDED;

        /** The family of an identifier of AWS's such as {@code python3.12}; empty if it is of none. */
        public static Optional<Family> of(String runtime) {
            if (runtime.startsWith("java")) {
                return Optional.of(JAVA);
            } else if (runtime.startsWith("python")) {
                return Optional.of(PYTHON);
            } else if (runtime.startsWith("nodejs")) {
                return Optional.of(NODE);
            }
            return runtime.startsWith("provided") ? Optional.of(PROVIDED) : Optional.empty();
        }
    }

    private record Found(Optional<Path> interpreter, String reason) {}

    /** @param javaHome the JDK for Java functions */
    public Runtimes(Path javaHome) {
        this.javaHome = javaHome;
    }

    /** Why functions of this family cannot run here, with what to install; empty if they can. */
    public Optional<String> missing(Family family) {
        Found result = find(family);
        return result.interpreter().isPresent() ? Optional.empty() : Optional.of(result.reason());
    }

    /**
     * The program that runs functions of this family; for {@code provided} the shell, which is not needed.
     *
     * @throws NotRun if it is missing
     */
    Path interpreter(Family family) {
        Found result = find(family);
        return result.interpreter().orElseThrow(() -> new NotRun(NotRun.Reason.RUNTIME, result.reason()));
    }

    private Found find(Family family) {
        return found.computeIfAbsent(family, key -> switch (key) {
            case JAVA -> java();
            case PYTHON -> probe("python3", "import sys; print(sys.executable)", "-c");
            case NODE -> probe("node", "process.execPath", "-p");
            case PROVIDED -> new Found(Optional.of(Path.of("/bin/sh")), "");
        });
    }

    private Found java() {
        Path program = javaHome.resolve("bin/java");
        return Files.isExecutable(program)
                ? new Found(Optional.of(program), "")
                : new Found(Optional.empty(), "Java functions need a JDK, 21 or newer; there is no " + program);
    }

    // Asked for its own path: what is on the PATH may be a version manager's script, which costs time at each start.
    private static Found probe(String name, String program, String option) {
        String reason = name + " is not on the PATH; install it (Debian: apt install " + debian(name)
                + ", Fedora: dnf install " + debian(name) + ", macOS: brew install " + name.replace("3", "") + ")";
        Optional<Path> onPath = onPath(name);
        if (onPath.isEmpty()) {
            return new Found(Optional.empty(), reason);
        }
        try {
            Process process = new ProcessBuilder(onPath.get().toString(), option, program)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(PROBE_LIMIT_S, TimeUnit.SECONDS) && process.exitValue() == 0;
            process.destroyForcibly();
            return ended && Files.isExecutable(Path.of(answer))
                    ? new Found(Optional.of(Path.of(answer)), "")
                    : new Found(Optional.empty(), onPath.get() + " does not run; " + reason);
        } catch (IOException e) {
            return new Found(Optional.empty(), onPath.get() + " does not run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for " + name, e);
        }
    }

    private static String debian(String name) {
        return name.equals("node") ? "nodejs" : name;
    }

    /** The first program of this name on the {@code PATH}. */
    static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
