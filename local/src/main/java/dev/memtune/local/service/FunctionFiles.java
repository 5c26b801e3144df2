// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.memtune.local.function.DeployedFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The functions' states, one JSON file each. */
final class FunctionFiles {
    /** The format of the files; another one is refused rather than guessed at. */
    private static final int FORMAT = 1;

    private static final String SUFFIX = ".json";

    private final Path directory;
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // a record's questions are not its components
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** What a file holds. */
    private record Document(int format, DeployedFunction function) {}

    FunctionFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** @throws IOException if a file cannot be read; its name is in the message */
    List<DeployedFunction> load() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.list(directory)) {
            files = paths.sorted().toList();
        }
        List<DeployedFunction> functions = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(Durable.TEMPORARY_PREFIX)) {
                Files.delete(file); // a write that a crash interrupted: the file it was to replace is whole
            } else if (name.endsWith(SUFFIX)) {
                functions.add(read(file));
            }
        }
        return functions;
    }

    private DeployedFunction read(Path file) throws IOException {
        Document document;
        try {
            document = mapper.readValue(file.toFile(), Document.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not a function's state: move it away to start without it", e);
        }
        if (document.format() != FORMAT) {
            throw new IOException(file + " has format " + document.format() + ", this service reads format " + FORMAT
                    + ": use the version that wrote it, or another data directory");
        }
        return document.function();
    }

    void save(DeployedFunction function) throws IOException {
        Durable.write(file(function.name()), mapper.writeValueAsBytes(new Document(FORMAT, function)));
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
