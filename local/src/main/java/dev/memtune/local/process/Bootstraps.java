// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Our own runtimes, taken out of the program into a folder where interpreters find them. */
final class Bootstraps {
    private static final List<String> SCRIPTS = List.of("bootstrap.py", "bootstrap.mjs");
    private static final List<String> CLASSES = List.of(
            "Bootstrap",
            "Handler",
            "HandlerLoader",
            "InvocationContext",
            "Json",
            "JsonReader",
            "Pojo",
            "HandlerLoader$LoadFailure",
            "RuntimeClient",
            "RuntimeClient$Answer");

    private Bootstraps() {}

    static void unpack(Path folder) throws IOException {
        for (String script : SCRIPTS) {
            copy(script, folder.resolve(script));
        }
        Path classes = Files.createDirectories(folder.resolve("dev/memtune/local/process/bootstrap"));
        for (String name : CLASSES) {
            copy("bootstrap/" + name + ".class", classes.resolve(name + ".class"));
        }
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream in = Bootstraps.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("The program lacks its own resource " + resource);
            }
            Files.copy(in, target);
        }
    }
}
