// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.Substitutions;
import dev.memtune.local.machine.data.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case of the corpus: a machine, an input, scripted tasks and the expected end.
 *
 * @param name the file's name
 * @param json definition, input, tasks, expected; a task's resource is {@code @} and its name among the tasks
 */
record MachineCase(String name, ObjectNode json) {
    private static final Path CORPUS = Path.of("src/test/resources/machine");

    /** All cases, by name. */
    static List<MachineCase> corpus() {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().map(MachineCase::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MachineCase read(Path file) {
        try {
            ObjectNode json = (ObjectNode) Json.parse(Files.readString(file));
            if (json.has("definitionFile")) {
                json.set("definition", definition(json));
            }
            return new MachineCase(file.getFileName().toString().replace(".json", ""), json);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The project's own definition, each function replaced by the task of its placeholder's name. */
    private static JsonNode definition(ObjectNode json) throws IOException {
        Map<String, String> tasks = new LinkedHashMap<>();
        json.get("tasks").fieldNames().forEachRemaining(task -> tasks.put(task, "@" + task));
        return Json.parse(Substitutions.apply(
                Files.readString(Path.of(json.get("definitionFile").textValue())), tasks));
    }

    JsonNode expected() {
        return json.get("expected");
    }

    /** What a judge needs to know: everything but what is expected. */
    ObjectNode question() {
        ObjectNode question = json.deepCopy();
        question.remove(List.of("expected", "shows", "definitionFile"));
        return question.put("name", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
