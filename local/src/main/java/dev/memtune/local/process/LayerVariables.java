// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where runtimes look for what layers bring.
 *
 * @param runtime AWS's runtime identifier
 * @param opt the layers' content
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html">Layer paths for each runtime</a>
 */
record LayerVariables(String runtime, Path opt) {
    /** Puts the layers' folders before the machine's own and after the function's. */
    void fill(Map<String, String> variables) {
        prepend(variables, "PATH", Stream.of(opt.resolve("bin")));
        prepend(variables, "LD_LIBRARY_PATH", Stream.of(opt.resolve("lib")));
        if (runtime.startsWith("python")) {
            append(
                    variables,
                    "PYTHONPATH",
                    Stream.of(opt.resolve("python/lib/" + runtime + "/site-packages"), opt.resolve("python")));
        } else if (runtime.startsWith("nodejs")) {
            String major = runtime.replace("nodejs", "node").replace(".x", "");
            append(
                    variables,
                    "NODE_PATH",
                    Stream.of(opt.resolve("nodejs/" + major + "/node_modules"), opt.resolve("nodejs/node_modules")));
        }
    }

    private static void prepend(Map<String, String> variables, String name, Stream<Path> folders) {
        variables.merge(name, joined(folders), (present, added) -> added + File.pathSeparator + present);
    }

    private static void append(Map<String, String> variables, String name, Stream<Path> folders) {
        variables.merge(name, joined(folders), (present, added) -> present + File.pathSeparator + added);
    }

    private static String joined(Stream<Path> folders) {
        return folders.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars of Java layers, {@code java/lib/*.jar}, sorted. */
    static List<Path> jars(Path opt) throws IOException {
        Path folder = opt.resolve("java/lib");
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
                entries.forEach(jars::add);
            }
        }
        jars.sort(null);
        return jars;
    }
}
