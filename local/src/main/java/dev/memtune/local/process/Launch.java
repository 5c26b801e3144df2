// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The command lines of the runtimes. */
final class Launch {
    private static final String OWN_JAVA = "dev.memtune.local.process.bootstrap.Bootstrap";
    private static final String AWS_JAVA = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private final Runtimes runtimes;
    private final Path bootstraps;

    /**
     * A command.
     *
     * @param words the program and its arguments
     * @param marksOutput whether the runtime marks the end of each invocation's output, as our own do
     */
    record Command(List<String> words, boolean marksOutput) {}

    /** @param bootstraps the folder that {@link Bootstraps} filled */
    Launch(Runtimes runtimes, Path bootstraps) {
        this.runtimes = runtimes;
        this.bootstraps = bootstraps;
    }

    /** @throws NotRun if the runtime is unknown or its interpreter missing */
    Command command(RunnableVersion version) throws IOException {
        Runtimes.Family family = Runtimes.Family.of(version.runtime())
                .orElseThrow(() -> new NotRun(
                        NotRun.Reason.RUNTIME,
                        "runtime must be java*, python*, nodejs* or provided*, got: " + version.runtime()));
        String program = runtimes.interpreter(family).toString();
        return switch (family) {
            case JAVA -> java(program, version);
            case PYTHON ->
                own(program, "-B", "-u", bootstraps.resolve("bootstrap.py").toString());
            case NODE -> own(program, bootstraps.resolve("bootstrap.mjs").toString());
            case PROVIDED -> new Command(List.of(bootstrap(version).toString()), false);
        };
    }

    /** The package's own bootstrap, or the one that a layer brings. */
    private static Path bootstrap(RunnableVersion version) {
        Path own = version.codeDirectory().resolve("bootstrap");
        return version.hosting()
                .layers()
                .map(opt -> opt.resolve("bootstrap"))
                .filter(layered -> !Files.exists(own) && Files.exists(layered))
                .orElse(own);
    }

    private static Command own(String... words) {
        return new Command(List.of(words), true);
    }

    private Command java(String program, RunnableVersion version) throws IOException {
        List<Path> jars = jars(version.codeDirectory());
        if (version.hosting().layers().isPresent()) {
            jars.addAll(LayerVariables.jars(version.hosting().layers().get()));
        }
        boolean aws = System.getProperty("os.name").equals("Linux") && hasAwsClient(jars);
        CpuShare share = new CpuShare(version.memoryMB());
        List<String> words = new ArrayList<>(List.of(
                program,
                // Lambda's own settings for its Java runtimes
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:ActiveProcessorCount=" + share.visibleProcessors(),
                "-Xmx" + share.heapMB() + "m"));
        words.addAll(List.of("-cp", classPath(version.codeDirectory(), jars), aws ? AWS_JAVA : OWN_JAVA));
        words.add(version.handler());
        return new Command(words, !aws);
    }

    private String classPath(Path code, List<Path> jars) {
        List<String> entries = new ArrayList<>(List.of(bootstraps.toString(), code.toString()));
        jars.forEach(jar -> entries.add(jar.toString()));
        return String.join(File.pathSeparator, entries);
    }

    private static List<Path> jars(Path code) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path folder : List.of(code, code.resolve("lib"))) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
                    entries.forEach(jars::add);
                }
            }
        }
        jars.sort(null); // as Lambda does: the class path does not depend on the file system
        return jars;
    }

    private static boolean hasAwsClient(List<Path> jars) throws IOException {
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                if (file.getEntry(AWS_JAVA.replace('.', '/') + ".class") != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
