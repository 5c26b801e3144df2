// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFunctionRunnerTest {
    @TempDir
    private static Path folder;

    private static ProcessFunctionRunner runner;
    private static FunctionFixture functions;

    @BeforeAll
    static void start() throws IOException {
        runner = new ProcessFunctionRunner(ProcessSettings.defaults());
        functions = new FunctionFixture(runner, folder);
    }

    @AfterAll
    static void stop() {
        runner.close();
    }

    @Test
    void answersColdThenWarmWithAwsReportLines() throws InterruptedException {
        RunnableVersion echo = functions.python(
                """
                print('loading')
                def handler(event, context):
                    print('got', event['x'])
                    return {'x': event['x'], 'id': context.aws_request_id}
                """);
        FunctionFixture.Outcome cold = functions.invoke(echo, "{\"x\":1}");
        FunctionFixture.Outcome warm = functions.invoke(echo, "{\"x\":2}");
        assertThat(cold.payload()).isEqualTo("{\"x\": 1, \"id\": \"%s\"}".formatted(cold.requestId()));
        assertThat(cold.functionError()).isEmpty();
        assertThat(cold.log())
                .startsWith("loading\nSTART RequestId: %1$s Version: 7\ngot 1\nEND RequestId: %1$s\nREPORT RequestId: %1$s\tDuration: "
                        .formatted(cold.requestId()));
        assertThat(cold.report())
                .matches("REPORT RequestId: \\S+\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 1769 MB"
                        + "\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t");
        assertThat(warm.cold()).isFalse();
        assertThat(warm.log()).startsWith("START ").contains("\ngot 2\nEND");
        System.out.println(cold.log()+warm.log());
    }

    @Test
    void runsJavaHandlers() throws InterruptedException {
        RunnableVersion echo = functions.java(
                "app.Main::handle",
                """
                package app;
                public class Main {
                    public record Event(String name, int count) {}
                    public Event handle(Event event) { System.out.println("hi"); return new Event(event.name() + "!", event.count() + 1); }
                }
                """);
        FunctionFixture.Outcome cold = functions.invoke(FunctionFixture.with(echo, 128, Duration.ofSeconds(5)), "{\"name\":\"a\",\"count\":1}");
        System.out.println(cold.payload()+cold.log());
        assertThat(cold.payload()).isEqualTo("{\"name\":\"a!\",\"count\":2}");
        assertThat(cold.log()).contains("\nhi\nEND");
    }
}
