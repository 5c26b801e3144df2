// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.LambdaRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What versions are run with besides their code: layers, provisioned environments, snapshots, log formats. */
class HostingTest extends RunnerFixture {
    private static final long LIMIT_S = 60;

    @Override
    Runtimes.Family family() {
        return Runtimes.Family.PYTHON;
    }

    private static RunnableVersion with(RunnableVersion version, Path layers) {
        return version.with(new Hosting(Optional.of(layers), LogSettings.text("f"), Initialization.ON_DEMAND));
    }

    @Test
    @LambdaRule("LAY-08")
    void pythonImportsFromLayersAfterTheFunctionsOwnCode() throws Exception {
        RunnableVersion version = functions()
                .python("import shared, os\n"
                        + "def handler(event, context): return [shared.NAME, os.environ['PATH'].split(':')[0]]");
        Files.writeString(version.codeDirectory().resolve("own.py"), "");
        Path layers = functions()
                .code(Map.of(
                        "python/shared.py", "NAME = 'layer'",
                        "python/lib/python3.12/site-packages/other.py", ""));

        assertThat(functions().invoke(with(version, layers), "{}").payload())
                .isEqualTo("[\"layer\", \"" + layers.resolve("bin") + "\"]");
    }

    @Test
    @LambdaRule("LAY-09")
    void nodeRequiresFromLayers() throws Exception {
        RunnableVersion version =
                functions().node("const shared = require('shared'); exports.handler = async () => shared.name;");
        Path layers = functions().code(Map.of("nodejs/node_modules/shared/index.js", "exports.name = 'layer';"));

        assertThat(functions().invoke(with(version, layers), "{}").payload()).isEqualTo("\"layer\"");
    }

    @Test
    @LambdaRule("LAY-10")
    void javaLoadsTheJarsOfLayers() throws Exception {
        RunnableVersion version = functions()
                .java(
                        "app.Main::handle",
                        "package app; public class Main { public String handle(String event) throws Exception {"
                                + " return String.valueOf(Class.forName(\"shared.Name\").getField(\"NAME\").get(null)); } }");
        Path layers = functions()
                .code(Map.of(
                        "shared/Name.java",
                        "package shared; public class Name { public static" + " final String NAME = \"layer\"; }"));
        jar(layers, "shared/Name");

        assertThat(functions().invoke(with(version, layers), "\"x\"").payload()).isEqualTo("\"layer\"");
    }

    private static void jar(Path layers, String type) throws IOException {
        ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        layers.toString(),
                        layers.resolve(type + ".java").toString());
        Path lib = Files.createDirectories(layers.resolve("java/lib"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(lib.resolve("shared.jar")))) {
            jar.putNextEntry(new ZipEntry(type + ".class"));
            jar.write(Files.readAllBytes(layers.resolve(type + ".class")));
        }
    }

    @Test
    @LambdaRule("LAY-11")
    void aLayerMayBringTheBootstrap() throws Exception {
        RunnableVersion shell = functions()
                .provided("#!/bin/sh\nexec python3 \"$LAMBDA_TASK_ROOT/run.py\" \"$AWS_LAMBDA_RUNTIME_API\"\n");
        Path layers = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
        Files.move(shell.codeDirectory().resolve("bootstrap"), layers.resolve("bootstrap"));
        Files.writeString(shell.codeDirectory().resolve("run.py"), """
                        import sys, urllib.request as r
                        root = 'http://' + sys.argv[1] + '/2018-06-01/runtime/invocation/'
                        while True:
                            n = r.urlopen(root + 'next'); i = n.headers['Lambda-Runtime-Aws-Request-Id']; n.read()
                            r.urlopen(r.Request(root + i + '/response', data=b'"layered"'))
                        """);

        assertThat(functions().invoke(with(shell, layers), "{}").payload()).isEqualTo("\"layered\"");
    }

    @Test
    @LambdaRule({"PC-09", "PC-10"})
    void provisionedEnvironmentsAreReadyBeforeTheFirstInvocation() throws Exception {
        RunnableVersion version = functions()
                .python("import os\nprint('init')\n"
                        + "def handler(event, context): return os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']");
        int before = runner().environments();
        runner().provision(version, 2);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (runner().idle(version.versionArn()) < 2 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(runner().environments()).isEqualTo(before + 2);
        FunctionFixture.Outcome outcome = functions().invoke(version, "{}");

        assertThat(outcome.payload()).isEqualTo("\"provisioned-concurrency\"");
        assertThat(outcome.cold()).isFalse();
        assertThat(outcome.log()).startsWith("INIT_START ").contains("init\n", "INIT_REPORT Init Duration: ", "START ");
        assertThat(functions().invoke(version, "{}").log()).startsWith("START ");
        runner().retire(version.versionArn());
    }

    @Test
    @LambdaRule("SS-10")
    void aSnapshotIsRestoredInsteadOfInitialized() throws Exception {
        RunnableVersion plain = functions()
                .python(
                        "import os\ndef handler(event, context):"
                                + " return [os.environ['AWS_LAMBDA_INITIALIZATION_TYPE'], 'AWS_LAMBDA_LOG_STREAM_NAME' in os.environ]");
        RunnableVersion version = plain.with(plain.hosting().startedBy(Initialization.SNAP_START));
        FunctionFixture.Outcome first = functions().invoke(version, "{}");

        assertThat(first.payload()).isEqualTo("[\"snap-start\", false]");
        assertThat(first.log()).startsWith("RESTORE_START ").contains("\nRESTORE_REPORT Restore Duration: ");
        assertThat(first.report()).contains("\tRestore Duration: ", "\tBilled Restore Duration: ");
        assertThat(functions().invoke(version, "{}").report()).doesNotContain("Restore Duration");
    }

    @Test
    @LambdaRule("PLT-09")
    void functionsAreToldHowTheyLog() throws Exception {
        RunnableVersion plain = functions()
                .python("import os\ndef handler(event, context):"
                        + " return [os.environ['AWS_LAMBDA_LOG_FORMAT'], os.environ['AWS_LAMBDA_LOG_LEVEL'],"
                        + " os.environ['AWS_LAMBDA_LOG_GROUP_NAME']]");
        LogSettings logs = new LogSettings(true, Optional.of("WARN"), Optional.of("INFO"), "/shared");
        RunnableVersion version = plain.with(new Hosting(Optional.empty(), logs, Initialization.ON_DEMAND));
        InvocationResult result = runner().invoke(
                        version, new Invocation("id", "arn", "{}".getBytes(StandardCharsets.UTF_8), Optional.empty()));

        assertThat(new String(result.payload(), StandardCharsets.UTF_8)).isEqualTo("[\"JSON\", \"WARN\", \"/shared\"]");
        assertThat(new String(result.log(), StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.startsWith("{"))
                .anyMatch(line -> line.contains("\"platform.report\""));
        assertThat(result.logStream()).contains("/[7]");
    }

    private RunnableVersion json(RunnableVersion version, String level) {
        LogSettings logs = new LogSettings(true, Optional.of(level), Optional.of("WARN"), "/aws/lambda/f");
        return version.with(new Hosting(Optional.empty(), logs, Initialization.ON_DEMAND));
    }

    private String log(RunnableVersion version) throws InterruptedException {
        InvocationResult result = runner().invoke(
                        version,
                        new Invocation("id-1", "arn", "{}".getBytes(StandardCharsets.UTF_8), Optional.empty()));
        return new String(result.log(), StandardCharsets.UTF_8);
    }

    @Test
    @LambdaRule("PLT-10")
    void pythonsLoggersFollowTheLogFormat() throws Exception {
        RunnableVersion version = functions()
                .python(
                        "import logging\nlogging.basicConfig(level='DEBUG')\n"
                                + "def handler(event, context):\n logging.getLogger('own').warning('careful')\n logging.info('quiet')");

        assertThat(log(json(version, "WARN")).lines())
                .singleElement()
                .asString()
                .matches("\\{\"timestamp\": \"[-0-9T:]+Z\", \"level\": \"WARNING\", \"message\": \"careful\", "
                        + "\"logger\": \"own\", \"requestId\": \"id-1\"}");
        RunnableVersion text = functions()
                .python("import logging\n"
                        + "def handler(event, context):\n logging.warning('careful')\n logging.info('quiet')");
        assertThat(log(text))
                .containsPattern("\\n\\[WARNING]\\t[-0-9T:]+\\.\\d+Z\\tid-1\\tcareful\\n")
                .doesNotContain("quiet");
    }

    @Test
    @LambdaRule("PLT-11")
    void nodesConsoleFollowsTheLogFormat() throws Exception {
        String code =
                "exports.handler = async () => { console.debug('quiet'); console.log('a', 1); console.error(new RangeError('far')); };";

        assertThat(log(json(functions().node(code), "INFO")).lines())
                .anyMatch(line -> line.endsWith("\"level\":\"INFO\",\"requestId\":\"id-1\",\"message\":\"a 1\"}"))
                .anyMatch(line -> line.contains("\"level\":\"ERROR\"")
                        && line.contains("\"errorType\":\"RangeError\",\"errorMessage\":\"far\",\"stackTrace\":["))
                .noneMatch(line -> line.contains("quiet"));
        assertThat(log(functions().node(code)))
                .containsPattern("\\n[-0-9T:.]+Z\\tid-1\\tINFO\\ta 1\\n")
                .containsPattern("\\n[-0-9T:.]+Z\\tid-1\\tDEBUG\\tquiet\\n");
    }

    @Test
    @LambdaRule("PLT-12")
    void javasLoggerFollowsTheLogFormat() throws Exception {
        String code = """
                        package app;
                        import com.amazonaws.services.lambda.runtime.Context;
                        import com.amazonaws.services.lambda.runtime.RequestHandler;
                        import com.amazonaws.services.lambda.runtime.logging.LogLevel;
                        import java.util.Map;
                        public class Main implements RequestHandler<Map<String, Object>, String> {
                            public String handleRequest(Map<String, Object> event, Context context) {
                                context.getLogger().log("plain");
                                context.getLogger().log("quiet", LogLevel.INFO);
                                context.getLogger().log("careful", LogLevel.WARN);
                                return "x";
                            }
                        }
                        """;

        assertThat(log(json(functions().jars("app.Main", code), "WARN")).lines())
                .hasSize(2)
                .anyMatch(line -> line.endsWith("Z\",\"message\":\"plain\",\"AWSRequestId\":\"id-1\"}"))
                .anyMatch(line ->
                        line.endsWith("Z\",\"level\":\"WARN\",\"message\":\"careful\",\"AWSRequestId\":\"id-1\"}"));
        assertThat(log(functions().jars("app.Main", code))).contains("\nplain\n[INFO] quiet\n[WARN] careful\n");
    }
}
