// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.FunctionInvoker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's own runtime for Java speaks with the Runtime API of the service, from a function's process. */
class RuntimeInterfaceClientTest {
    private static final String BOOTSTRAP = """
            #!/bin/sh
            exec "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \\
              -cp "$LAMBDA_TASK_ROOT:$LAMBDA_TASK_ROOT/lib/*" \\
              com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
            """;

    /** A class of each jar that the runtime needs. */
    private static final List<String> IN_JARS = List.of(
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "com.amazonaws.services.lambda.runtime.LambdaRuntime",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

    @TempDir
    private Path folder;

    @Test
    void runsHandlersAndReportsTheirErrors() throws Exception {
        assumeTrue(
                System.getProperty("os.name").startsWith("Linux"),
                "AWS's runtime interface client has native code for Linux only");
        try (LiveService service = LiveService.start(folder);
                LambdaClients clients = service.clients()) {
            deploy(clients);
            AwsFunctionInvoker invoker = new AwsFunctionInvoker(clients);

            FunctionInvoker.Response cold = invoke(invoker, "{\"n\": 4}");
            FunctionInvoker.Response warm = invoke(invoker, "{\"n\": 5}");
            FunctionInvoker.Response failed = invoke(invoker, "{}");

            JsonNode answer = json(cold);
            assertThat(answer.path("doubled").asInt()).isEqualTo(8);
            assertThat(answer.path("arn").asText()).endsWith(":function:ric:$LATEST");
            assertThat(answer.path("memoryMB").asInt()).isEqualTo(512);
            assertThat(answer.path("hasTime").asBoolean()).isTrue();
            assertThat(tail(cold)).contains("doubling 4", "Init Duration: ");
            assertThat(json(warm).path("doubled").asInt()).isEqualTo(10);
            assertThat(tail(warm))
                    .contains("REPORT RequestId: " + warm.requestId())
                    .doesNotContain("Init Duration: ");
            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThat(json(failed).path("errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
            assertThat(json(failed).path("errorMessage").asText()).isEqualTo("n must be there");
        }
    }

    private static void deploy(LambdaClients clients) throws Exception {
        Deployment deployment = new Deployment(
                "ric",
                "provided.al2023",
                Doubling.class.getName() + "::handleRequest",
                code(),
                512,
                30,
                Map.of(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/ric", time -> Thread.sleep(time.toMillis()))
                .deploy(deployment);
    }

    /** The handler's class, AWS's jars, and the file that starts them. */
    private static byte[] code() throws IOException, URISyntaxException, ClassNotFoundException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("bootstrap", BOOTSTRAP.getBytes(StandardCharsets.UTF_8));
        String handler = Doubling.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Doubling.class.getClassLoader().getResourceAsStream(handler)) {
            files.put(handler, in.readAllBytes());
        }
        for (String inJar : IN_JARS) {
            Path jar = Path.of(Class.forName(inJar)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            files.put("lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static FunctionInvoker.Response invoke(AwsFunctionInvoker invoker, String event) {
        return invoker.invoke(
                new FunctionInvoker.Request("ric", "$LATEST", event.getBytes(StandardCharsets.UTF_8), 30));
    }

    private static JsonNode json(FunctionInvoker.Response response) throws IOException {
        return new ObjectMapper().readTree(response.payload());
    }

    private static String tail(FunctionInvoker.Response response) {
        return new String(response.logTail(), StandardCharsets.UTF_8);
    }
}
