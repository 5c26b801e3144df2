// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import dev.memtune.local.model.FunctionModel;
import dev.memtune.local.store.AtomicFiles;
import dev.memtune.local.store.Durability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The models, one JSON file per function, so that they are there after a restart. */
final class ModelFiles {
    private static final String SUFFIX = ".json";

    private final Path folder;

    ModelFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** @throws IOException if a file holds no model; its name is in the message */
    Map<String, FunctionModel> load() throws IOException {
        Map<String, FunctionModel> models = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                models.put(name.substring(0, name.length() - SUFFIX.length()), read(file));
            }
        }
        return models;
    }

    private static FunctionModel read(Path file) throws IOException {
        try {
            return ModelDocument.read(Members.parse(Files.readAllBytes(file)));
        } catch (Refusal | IllegalArgumentException e) {
            throw new IOException(file + " is not a function's model: " + e.getMessage(), e);
        }
    }

    void save(String function, FunctionModel model) throws IOException {
        AtomicFiles.write(file(function), ModelDocument.write(model).toString(), Durability.DISK);
    }

    void delete(String function) throws IOException {
        Files.deleteIfExists(file(function));
    }

    private Path file(String function) {
        return folder.resolve(function + SUFFIX);
    }
}
