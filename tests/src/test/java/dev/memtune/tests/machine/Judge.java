// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.memtune.local.machine.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An interpreter of another project, in a process of its own that takes the whole corpus at once.
 *
 * @param program what runs it, put there by {@code tests/judges/install.sh}
 * @param script reads cases, writes verdicts
 */
record Judge(Path program, Path script) {
    private static final Path FOLDER = Path.of("judges");
    private static final long TIMEOUT_SECONDS = 180;

    /** moto's Step Functions engine. */
    static final Judge MOTO = new Judge(FOLDER.resolve(".venv/bin/python"), FOLDER.resolve("moto_judge.py"));
    /** aws-local-stepfunctions. */
    static final Judge NODE = new Judge(FOLDER.resolve("node_modules/node/bin/node"), FOLDER.resolve("node_judge.cjs"));

    boolean isInstalled() {
        return Files.isExecutable(program);
    }

    /** The verdicts by case. */
    Map<String, Verdict> judge(List<MachineCase> cases) throws IOException, InterruptedException {
        ArrayNode questions = JsonNodeFactory.instance.arrayNode();
        cases.forEach(each -> questions.add(each.question()));
        Path folder = Files.createTempDirectory("judge");
        Path input = Files.writeString(folder.resolve("in.json"), Json.text(questions));
        Path output = folder.resolve("out.json");
        Path errors = folder.resolve("err.txt");
        Process process = new ProcessBuilder(program.toString(), script.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean isOver = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!isOver || process.exitValue() != 0) {
            throw new IOException(script + " failed: " + Files.readString(errors));
        }
        return verdicts(Json.parse(Files.readAllBytes(output)));
    }

    private static Map<String, Verdict> verdicts(JsonNode json) {
        Map<String, Verdict> verdicts = new HashMap<>();
        json.properties().forEach(entry -> verdicts.put(entry.getKey(), new Verdict(entry.getValue())));
        return verdicts;
    }
}
