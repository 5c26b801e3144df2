// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static dev.memtune.local.process.FunctionFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.process.FunctionFixture.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JavaFunctionTest extends RunnerFixture {
    @Override
    Runtimes.Family family() {
        return Runtimes.Family.JAVA;
    }

    @Test
    void runsSmallHandlerAt128MB() throws InterruptedException {
        RunnableVersion echo = functions().java("app.Main::handle", """
                        package app;
                        public class Main {
                            public record Event(String name, int count) {}
                            public Event handle(Event event) {
                                System.out.println("hi");
                                return new Event(event.name() + "!", event.count() + 1);
                            }
                        }
                        """);
        RunnableVersion small = with(echo, 128, Duration.ofSeconds(5));
        Outcome cold = functions().invoke(small, "{\"name\":\"a\",\"count\":1}");
        assertThat(cold.payload()).isEqualTo("{\"name\":\"a!\",\"count\":2}");
        assertThat(cold.log()).contains("\nhi\nEND");
        assertThat(functions().invoke(small, "{\"name\":\"b\",\"count\":2}").cold())
                .isFalse();
    }

    @Test
    void runsStreamHandlerWithSeveralProcessorsVisible() throws InterruptedException {
        RunnableVersion version = functions().java("app.Main::handle", """
                        package app;
                        import java.io.*;
                        public class Main {
                            public void handle(InputStream in, OutputStream out) throws IOException {
                                out.write((Runtime.getRuntime().availableProcessors() + new String(in.readAllBytes())).getBytes());
                            }
                        }
                        """);
        assertThat(functions().invoke(version, "[]").payload()).isEqualTo("2[]");
    }

    @Test
    @LambdaRule("RUN-16")
    void reportsExceptionWithCauseAndKeepsEnvironment() throws InterruptedException {
        RunnableVersion version = functions().java("app.Main::handle", """
                        package app;
                        import java.util.Map;
                        public class Main {
                            public Object handle(Map<String, Object> event) {
                                throw new IllegalStateException("boom", new RuntimeException("inner"));
                            }
                        }
                        """);
        Outcome outcome = functions().invoke(version, "{\"a\":[1,2.5,null,true,\"\\u00e9\"]}");
        assertThat(outcome.functionError()).contains("Unhandled");
        assertThat(outcome.payload())
                .startsWith(
                        "{\"errorMessage\":\"boom\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[\"app.Main.handle(")
                .contains("\"cause\":{\"errorMessage\":\"inner\"");
        assertThat(outcome.report()).endsWith("Error Type: java.lang.IllegalStateException");
        assertThat(functions().invoke(version, "{}").cold()).isFalse();
    }

    @Test
    void reportsMissingClass() throws InterruptedException {
        RunnableVersion version = functions().java("app.Other", "package app; public class Main {}");
        assertThat(functions().invoke(version, "{}").payload())
                .contains("Class not found: app.Other", "java.lang.ClassNotFoundException");
    }

    @Test
    void runsRequestHandlerOutOfJarsWithAllOfItsContext() throws IOException, InterruptedException {
        RunnableVersion version = functions().jars("app.Main", """
                        package app;
                        import com.amazonaws.services.lambda.runtime.*;
                        import java.util.*;
                        public class Main implements RequestHandler<Map<String, Object>, List<String>> {
                            @Override
                            public List<String> handleRequest(Map<String, Object> event, Context context) {
                                context.getLogger().log("logged " + event.get("x"));
                                context.getLogger().log("as bytes".getBytes());
                                int left = context.getRemainingTimeInMillis();
                                return List.of(context.getAwsRequestId(), context.getInvokedFunctionArn(),
                                    context.getFunctionName() + context.getFunctionVersion(), context.getLogGroupName(),
                                    "" + context.getLogStreamName().contains("[7]"), "" + context.getMemoryLimitInMB(),
                                    "" + (left > 0 && left <= 10000), "" + context.getIdentity(),
                                    context.getClientContext().getCustom().get("k"),
                                    context.getClientContext().getClient().getAppTitle(),
                                    "" + context.getClientContext().getEnvironment());
                            }
                        }
                        """);
        String client = "{\"custom\":{\"k\":\"v\"},\"client\":{\"app_title\":\"t\"}}";
        Outcome outcome = functions().invoke(version, "{\"x\":1}", Optional.of(client));
        assertThat(outcome.payload())
                .isEqualTo(
                        "[\"%s\",\"arn:aws:lambda:eu-west-1:000000000000:function:f:prod\",\"f7\",\"/aws/lambda/f\","
                                + "\"true\",\"1769\",\"true\",\"null\",\"v\",\"t\",\"{}\"]",
                        outcome.requestId());
        assertThat(outcome.log()).contains("\nlogged 1\nas bytes\nEND");
    }

    @Test
    void runsRequestStreamHandlerOutOfJars() throws IOException, InterruptedException {
        RunnableVersion version = functions().jars("app.Main::handleRequest", """
                        package app;
                        import com.amazonaws.services.lambda.runtime.*;
                        import java.io.*;
                        public class Main implements RequestStreamHandler {
                            @Override
                            public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                                in.transferTo(out);
                                out.write((" " + context.getClientContext()).getBytes());
                            }
                        }
                        """);
        assertThat(functions().invoke(version, "[1]").payload()).isEqualTo("[1] null");
    }
}
