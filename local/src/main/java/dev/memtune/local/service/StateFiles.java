// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * States of one kind, one JSON file each.
 *
 * @param <T> what a file holds
 */
final class StateFiles<T> {
    /** The format of the files; another one is refused rather than guessed at. */
    private static final int FORMAT = 2;

    private static final String SUFFIX = ".json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // a record's questions are not its components
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path directory;
    private final String kind;
    private final Class<T> type;

    /** @param kind what is in the files, in one word */
    StateFiles(Path directory, String kind, Class<T> type) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.kind = kind;
        this.type = type;
    }

    /** @throws IOException if a file cannot be read; its name is in the message */
    List<T> load() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.list(directory)) {
            files = paths.sorted().toList();
        }
        List<T> states = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(Durable.TEMPORARY_PREFIX)) {
                Files.delete(file); // a write that a crash interrupted: the file it was to replace is whole
            } else if (name.endsWith(SUFFIX)) {
                states.add(read(file));
            }
        }
        return states;
    }

    private T read(Path file) throws IOException {
        try {
            JsonNode document = MAPPER.readTree(file.toFile());
            int format = document.path("format").asInt();
            if (format != FORMAT) {
                throw new IOException(file + " has format " + format + ", this service reads format " + FORMAT
                        + ": use the version that wrote it, or another data directory");
            }
            return MAPPER.treeToValue(document.path(kind), type);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not the state of a " + kind + ": move it away to start without it", e);
        }
    }

    void save(String name, T state) throws IOException {
        ObjectNode document = MAPPER.createObjectNode().put("format", FORMAT);
        document.set(kind, MAPPER.valueToTree(state));
        Durable.write(file(name), MAPPER.writeValueAsBytes(document));
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
