// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody with boto3 and an account: {@code customer.py} in a process of its own. */
final class Customer implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private Customer(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param functions the account's Lambda, if it is not the emulator's */
    static Customer of(URI gateway, List<URI> functions) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Tools.EMULATOR_PYTHON.toString(),
                Tools.FOLDER.resolve("customer.py").toString(),
                gateway.toString()));
        functions.forEach(endpoint -> command.add(endpoint.toString()));
        Customer customer = new Customer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        customer.answer("first look at the stack");
        return customer;
    }

    /** Does something and returns what came of it. @throws AssertionError if it cannot be done */
    synchronized JsonNode does(String what, Map<String, ?> with) throws IOException {
        ObjectNode request = Json.mapper().valueToTree(with);
        request.put("do", what);
        requests.write(Json.write(request));
        requests.newLine();
        requests.flush();
        return answer(what);
    }

    private JsonNode answer(String what) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the customer has gone during: " + what);
        }
        JsonNode answer = Json.tree(line.getBytes(StandardCharsets.UTF_8));
        if (answer.has("problem")) {
            throw new AssertionError(what + ": " + answer.path("problem").asText());
        }
        return answer.path("ok");
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
