// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import dev.memtune.core.run.Rollback;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One file for each target that was ever moved, replaced whole by the next move. */
final class RollbackFiles {
    private static final String ARN_START = ":lambda:";

    private final Path directory;
    private final Durability durability;

    RollbackFiles(Path directory, Durability durability) {
        this.directory = directory;
        this.durability = durability;
    }

    void put(Rollback rollback) throws IOException {
        Files.createDirectories(directory);
        durability.forceName(directory);
        AtomicFiles.write(file(rollback.functionArn(), rollback.target()), Json.write(rollback), durability);
    }

    Optional<Rollback> find(String functionArn, String target) throws IOException {
        return AtomicFiles.read(file(functionArn, target)).map(json -> Json.read(json, Rollback.class));
    }

    /** Without the beginning of the ARN, which the region implies, the longest name is within the 255 bytes of a file's. */
    private Path file(String functionArn, String target) {
        int region = functionArn.indexOf(ARN_START);
        String name = functionArn.substring(region < 0 ? 0 : region + ARN_START.length()) + " " + target;
        return directory.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8) + ".json");
    }
}
