// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.service.EmbeddedLambda;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Creates functions that never run, by the service's own rules. */
final class FunctionMaker {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String EXISTS = "ResourceConflictException";

    private final EmbeddedLambda lambda;

    /**
     * What the function is created with.
     *
     * @param memoryMB 128 to 10,240
     * @param timeoutSeconds 1 to 900
     */
    record Sizes(long memoryMB, long timeoutSeconds) {
        static Sizes read(Members members) {
            return new Sizes(
                    members.integer("memoryMB", 128, 10_240).orElse(128L),
                    members.integer("timeoutSeconds", 1, 900).orElse(900L));
        }
    }

    FunctionMaker(EmbeddedLambda lambda) {
        this.lambda = lambda;
    }

    /** Whether it did not exist. */
    boolean createIfMissing(String name, Sizes sizes) throws IOException, InterruptedException {
        ObjectNode request = Members.MAPPER
                .createObjectNode()
                .put("FunctionName", name)
                .put("Runtime", "provided.al2023")
                .put("Handler", "modelled")
                .put("Role", "arn:aws:iam::000000000000:role/memtune-model")
                .put("Description", "computed, not run")
                .put("MemorySize", sizes.memoryMB())
                .put("Timeout", sizes.timeoutSeconds());
        request.putObject("Code").put("ZipFile", emptyBootstrap());
        String error = lambda.ask("POST", FUNCTIONS, request.toString().getBytes(StandardCharsets.UTF_8));
        if (!error.isEmpty() && !error.equals(EXISTS)) {
            throw new Refusal(Refusal.BAD_REQUEST, "the function " + name + " could not be created: " + error);
        }
        return error.isEmpty();
    }

    private static byte[] emptyBootstrap() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("bootstrap");
            entry.setTime(0);
            zip.putNextEntry(entry);
        }
        return bytes.toByteArray();
    }
}
