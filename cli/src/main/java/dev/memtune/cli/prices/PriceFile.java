// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.prices;

import dev.memtune.cli.Home;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.wire.PriceTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The price file of this machine, which a refresh writes, and which takes the place of the one of the installation. */
public final class PriceFile {
    private final Path path;

    private PriceFile(Path path) {
        this.path = path;
    }

    /** The price file of a home, there or not. */
    public static PriceFile of(Home home) {
        return new PriceFile(home.state().resolve("prices.json"));
    }

    static PriceFile at(Path path) {
        return new PriceFile(path.toAbsolutePath());
    }

    Path path() {
        return path;
    }

    /**
     * Returns the refreshed rates if there are any, else those of the installation.
     *
     * @throws BadInput if the file is there and is no price file
     */
    public PriceTable table() {
        if (!Files.exists(path)) {
            return PriceTableReader.bundled();
        }
        try {
            return PriceTableReader.read(Files.readAllBytes(path));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(List.of(new Problem(
                    path.toString(),
                    "must be a price file",
                    String.valueOf(e.getMessage()),
                    "Delete it for the rates of the installation, or write it anew with 'memtune prices refresh'")));
        }
    }

    /** The refreshed file if there is one, else that of the installation. */
    byte[] json() throws IOException {
        return Files.exists(path) ? Files.readAllBytes(path) : PriceTableReader.bundledFile();
    }

    /** Puts a new file in place at once, so that nobody reads half of it. */
    void replace(byte[] json) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "prices", ".tmp");
        try {
            Files.write(fresh, json);
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
