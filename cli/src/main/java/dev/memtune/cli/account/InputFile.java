// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.FileTrouble;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with the JSON input of the state machine, as AWS Lambda Power Tuning takes it. */
public final class InputFile {
    /** More than Step Functions takes, 256 KiB, because nothing hinders it here; bounded all the same. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private InputFile() {}

    /** The input in a file. @throws BadInput if there is none; what it says is not checked yet */
    public static ObjectNode read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw bad("must have at most 16 MB", Files.size(file) + " bytes", "Keep large events in S3: payloadS3");
            }
            JsonNode input = Json.tree(Files.readAllBytes(file));
            if (input instanceof ObjectNode object) {
                return object;
            }
            throw bad("must hold a JSON object", input.getNodeType().name(), "Give the state machine's input");
        } catch (IllegalArgumentException e) {
            throw bad("must hold JSON", String.valueOf(e.getMessage()), "Mend the JSON");
        } catch (IOException e) {
            throw bad("must name a readable file", file.toString(), "Check the path: " + FileTrouble.words(e));
        }
    }

    private static BadInput bad(String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem("--input", rule, received, remedy)));
    }
}
