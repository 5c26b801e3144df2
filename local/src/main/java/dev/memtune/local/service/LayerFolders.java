// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LayerUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The merged content of layers, one folder for each combination in use: what Lambda has in {@code /opt}. Later layers
 * overwrite earlier ones. Made when it is first needed, forgotten at a restart.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html">Adding layers to functions</a>
 */
final class LayerFolders {
    private final Path directory;
    private final CodeFiles code;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Path> folders = new HashMap<>();

    LayerFolders(Path directory, CodeFiles code) throws IOException {
        Durable.delete(directory);
        this.directory = Files.createDirectories(directory);
        this.code = code;
    }

    /** The folder for these layers; empty if there are none. */
    Optional<Path> of(List<LayerUse> layers) {
        if (layers.size() <= 1) {
            return layers.stream().findFirst().map(layer -> code.directory(layer.code()));
        }
        String key = layers.stream().map(layer -> layer.code().sha256()).collect(Collectors.joining(" "));
        lock.lock();
        try {
            Path present = folders.get(key);
            if (present == null) {
                present = merged(layers);
                folders.put(key, present);
            }
            return Optional.of(present);
        } catch (IOException e) {
            throw new UncheckedIOException("the layers could not be put together", e);
        } finally {
            lock.unlock();
        }
    }

    private Path merged(List<LayerUse> layers) throws IOException {
        Path target = Files.createDirectories(directory.resolve(Integer.toString(folders.size() + 1)));
        for (LayerUse layer : layers) {
            copy(code.directory(layer.code()), target);
        }
        return target;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(from)) {
            paths = walked.toList();
        }
        for (Path path : paths) {
            Path place = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(place);
            } else {
                Files.copy(path, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
