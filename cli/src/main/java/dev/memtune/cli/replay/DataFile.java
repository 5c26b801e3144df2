// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.replay;

import dev.memtune.cli.FileTrouble;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.replay.Pool;
import dev.memtune.core.replay.RowReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** A file of records, packed or not. */
record DataFile(Path path) {

    /** Its pools. @throws BadInput if it cannot be read, or its rows break a rule */
    List<Pool> pools() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
            return Pool.of(
                    RowReader.read(path.getFileName().toString(), reader.lines().iterator()));
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNull(e.getCause(), "cause"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private BadInput unreadable(IOException e) {
        Problem problem = new Problem(
                "DATA",
                "must be a CSV file that can be read, packed with gzip where its name ends in .gz",
                path.toString(),
                "Check the path, the permissions and the file: " + FileTrouble.words(e));
        return withCause(new BadInput(List.of(problem)), e);
    }

    private InputStream open() throws IOException {
        InputStream file = Files.newInputStream(path);
        if (!path.toString().endsWith(".gz")) {
            return file;
        }
        try {
            return new GZIPInputStream(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static BadInput withCause(BadInput failure, Exception cause) {
        failure.initCause(cause);
        return failure;
    }
}
