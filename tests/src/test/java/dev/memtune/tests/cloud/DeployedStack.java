// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The stack, built from a clean clone and deployed by the SAM CLI, and a customer who uses it. */
final class DeployedStack implements AutoCloseable {
    /** Only functions whose names begin so may be tuned. */
    static final String PREFIX = "app-";

    private static final int END_SECONDS = 300;
    private static final Path EVENTS = Path.of("..", "events");

    /** A role that the input may name; whoever owns it has to trust the stack. */
    static final String ASSUMABLE = "arn:aws:iam::000000000000:role/team";

    private final Path clone;
    private final Emulator emulator;
    private final Customer customer;

    private DeployedStack(Path clone, Emulator emulator, Customer customer) {
        this.clone = clone;
        this.emulator = emulator;
        this.customer = customer;
    }

    /** @param functions the account's Lambda, if it is not the emulator's */
    static DeployedStack deploy(List<URI> functions) throws IOException, InterruptedException {
        return deploy(functions, List.of());
    }

    /**
     * The stack with parameters besides.
     *
     * @param parameters such as {@code Uploads=true}
     */
    static DeployedStack deploy(List<URI> functions, List<String> parameters) throws IOException, InterruptedException {
        Path clone = Clone.built();
        Emulator emulator = Emulator.start();
        try {
            Path build = build(clone);
            List<String> overlay = new ArrayList<>(List.of(
                    Tools.SAM_PYTHON.toString(),
                    Tools.FOLDER.resolve("overlay.py").toString(),
                    build.toString(),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    runtimeClient(),
                    build.resolve("emulated.yaml").toString()));
            functions.forEach(endpoint -> overlay.add(endpoint.toString()));
            Tools.run(clone, Clone.ENVIRONMENT, overlay);
            Tools.run(clone, account(emulator), samDeploy(clone, parameters));
            return new DeployedStack(clone, emulator, Customer.of(emulator.gateway(), functions));
        } catch (IOException | InterruptedException | AssertionError e) {
            emulator.close();
            throw e;
        }
    }

    private static Path build(Path clone) {
        return clone.resolve(".aws-sam").resolve("build");
    }

    /** Deploys the stack anew, with more parameters. */
    void update(String... parameters) throws IOException, InterruptedException {
        Tools.run(clone, account(emulator), samDeploy(clone, List.of(parameters)));
    }

    private static Map<String, String> account(Emulator emulator) {
        Map<String, String> account = new HashMap<>(Clone.ENVIRONMENT);
        account.put("AWS_ENDPOINT_URL", emulator.gateway().toString());
        return account;
    }

    private static List<String> samDeploy(Path clone, List<String> parameters) {
        List<String> command = new ArrayList<>(List.of(
                Tools.SAM.toString(),
                "deploy",
                "--config-file",
                clone.resolve("samconfig.toml").toString(),
                "--template-file",
                build(clone).resolve("emulated.yaml").toString(),
                "--no-confirm-changeset",
                "--parameter-overrides",
                "TargetNamePrefix=" + PREFIX,
                "AssumableRoleArns=" + ASSUMABLE));
        command.addAll(parameters);
        return command;
    }

    /** AWS's own runtime interface client, with which the very same jars run where no Java runtime is. */
    private static String runtimeClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("aws-lambda-java-runtime-interface-client")
                        || jar.contains("aws-lambda-java-serialization"))
                .collect(Collectors.joining(":"));
    }

    Customer customer() {
        return customer;
    }

    Emulator emulator() {
        return emulator;
    }

    URI gateway() {
        return emulator.gateway();
    }

    /** Makes a function whose owner has agreed, and returns its ARN. */
    String function(String name) throws IOException {
        return function(name, Map.of("memtune", "allow", "memtune-promote", "allow"));
    }

    String function(String name, Map<String, String> tags) throws IOException {
        return customer.does("deploy", Map.of("function", name, "tags", tags))
                .path("arn")
                .textValue();
    }

    /** Versions, aliases and open runs. */
    JsonNode snapshot(String function) throws IOException {
        return customer.does("snapshot", Map.of("function", function));
    }

    /** Starts an execution with one of {@code events/}, for this function. */
    String start(String event, String functionArn) throws IOException {
        ObjectNode input = (ObjectNode) Json.mapper().readTree(Files.readString(EVENTS.resolve(event)));
        return start(input.put("lambdaARN", functionArn));
    }

    String start(ObjectNode input) throws IOException {
        return customer.does("start", Map.of("input", input)).path("execution").textValue();
    }

    /** Waits for the end of an execution. */
    JsonNode end(String execution) throws IOException {
        return customer.does("end", Map.of("execution", execution, "seconds", END_SECONDS));
    }

    void stop(String execution) throws IOException {
        customer.does("stop", Map.of("execution", execution));
    }

    /** Waits for the end of the recovery that follows an execution. */
    JsonNode recovery(String execution) throws IOException {
        return customer.does("recovery", Map.of("execution", execution, "seconds", END_SECONDS));
    }

    /** Waits for an alias whose name begins so. */
    void awaitAlias(String function, String prefix) throws IOException {
        customer.does("alias", Map.of("function", function, "prefix", prefix, "seconds", END_SECONDS));
    }

    /** Waits until no alias of a run is left on a function. */
    void awaitRestored(String function) throws IOException {
        customer.does("restored", Map.of("function", function, "seconds", END_SECONDS));
    }

    /** Whether the stack hears of executions that end without cleaning up. */
    void listening(boolean isTold) throws IOException {
        customer.does("listening", Map.of("isTold", isTold));
    }

    /** Lets the lease of an execution's run pass. */
    void outlive(String execution) throws IOException {
        customer.does("outlive", Map.of("execution", execution));
    }

    /** Calls the sweep as the schedule does. */
    void sweep() throws IOException {
        customer.does("sweep", Map.of());
    }

    /** Waits for a message with a text among those that could not be processed. */
    JsonNode undelivered(String text) throws IOException {
        return customer.does(
                "undelivered", Map.of("queue", "UndeliveredQueueUrl", "text", text, "seconds", END_SECONDS));
    }

    /** Makes the role {@link #ASSUMABLE}, which trusts the stack and may tune a function. */
    void trust(String function) throws IOException {
        String role = ASSUMABLE.substring(ASSUMABLE.lastIndexOf('/') + 1);
        customer.does("trust", Map.of("role", role, "function", function));
    }

    /** The run store's table. */
    String table() throws IOException {
        return customer.does("outputs", Map.of()).path("RunTableName").asText();
    }

    /** Deletes the stack, all but these resources; returns how that ended. */
    String remove(String... skipped) throws IOException {
        return customer.does("remove", Map.of("skipped", List.of(skipped), "seconds", END_SECONDS))
                .path("status")
                .asText();
    }

    JsonNode events(String execution) throws IOException {
        return customer.does("events", Map.of("execution", execution));
    }

    @Override
    public void close() throws IOException {
        try {
            customer.close();
        } finally {
            emulator.close();
        }
    }
}
