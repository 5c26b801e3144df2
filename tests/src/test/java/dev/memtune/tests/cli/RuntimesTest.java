// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunes a function of each kind that is not Python. */
class RuntimesTest {
    @TempDir
    private Path folder;

    private void tunes(Path function, String runtime, String handler, String values) {
        Result result = new Cli(folder.resolve("state"))
                .launch(
                        "tune",
                        function.toString(),
                        "--runtime",
                        runtime,
                        "--handler",
                        handler,
                        "--values",
                        values,
                        "--num",
                        "2",
                        "--quiet");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        List<String> sizes = List.of(values.split(","));
        assertThat(result.out())
                .contains("2 invocations per size", "best")
                .contains(sizes)
                .doesNotContain("infeasible");
    }

    @Test
    void tunesANodeFunction() throws IOException {
        Cli.assumeCommand("node");
        tunes(
                Code.folder(
                        folder.resolve("node"), Map.of("app.mjs", "export const handler = async (event) => event;\n")),
                "nodejs22.x",
                "app.handler",
                "1024,1769");
    }

    @Test
    void tunesAProvidedFunction() throws IOException {
        Cli.assumeCommand("curl");
        Path function = Code.folder(folder.resolve("shell"), Map.of("bootstrap", """
                #!/bin/sh
                api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
                while true; do
                  headers=$(mktemp)
                  event=$(curl -sS -D "$headers" "$api/next") || exit 1
                  id=$(sed -n 's/^lambda-runtime-aws-request-id: *//Ip' "$headers" | tr -d '\\r')
                  curl -sS -X POST -d "$event" "$api/$id/response" >/dev/null
                done
                """));
        tunes(function, "provided.al2023", "bootstrap", "512,1024");
    }

    @Test
    void tunesAJavaFunction() throws IOException {
        Path source = Code.folder(folder.resolve("source"), Map.of("Work.java", """
                import java.io.InputStream;
                import java.io.OutputStream;

                public class Work {
                    public void handle(InputStream in, OutputStream out) throws java.io.IOException {
                        in.transferTo(out);
                    }
                }
                """));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "21",
                        source.resolve("Work.java").toString());
        assertThat(compiled).isZero();
        Path function = Files.createDirectory(folder.resolve("java"));
        Files.copy(source.resolve("Work.class"), function.resolve("Work.class"));
        tunes(function, "java21", "Work::handle", "1024,1769");
    }
}
