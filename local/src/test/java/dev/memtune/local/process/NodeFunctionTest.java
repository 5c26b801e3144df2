// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static dev.memtune.local.process.FunctionFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.process.FunctionFixture.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeFunctionTest extends RunnerFixture {
    @Override
    Runtimes.Family family() {
        return Runtimes.Family.NODE;
    }

    @Test
    void runsAsyncHandlerOfCommonJsModule() throws InterruptedException {
        RunnableVersion version = functions().node("""
                        exports.handler = async (event, context) => {
                          console.log('got', event.x);
                          await new Promise((r) => setTimeout(r, 5));
                          return { x: event.x, left: context.getRemainingTimeInMillis() > 0, name: context.functionName };
                        };
                        """);
        Outcome outcome = functions().invoke(version, "{\"x\":\"é\"}");
        assertThat(outcome.payload()).isEqualTo("{\"x\":\"é\",\"left\":true,\"name\":\"f\"}");
        assertThat(outcome.log()).contains("\tINFO\tgot é\nEND");
        assertThat(functions().invoke(version, "{\"x\":1}").cold()).isFalse();
    }

    @Test
    void runsCallbackHandler() throws InterruptedException {
        RunnableVersion version =
                functions().node("exports.handler = (e, c, done) => { setTimeout(() => done(null, 'ok'), 5); };");
        assertThat(functions().invoke(version, "{}").payload()).isEqualTo("\"ok\"");
    }

    @Test
    void runsHandlerOfEsModule() throws InterruptedException {
        RunnableVersion version = FunctionFixture.version(
                "nodejs22.x",
                "src/app.handler",
                functions()
                        .code(Map.of(
                                "src/app.mjs",
                                "import os from 'node:os';\nexport const handler = async () => typeof os.cpus;")));
        assertThat(functions().invoke(version, "{}").payload()).isEqualTo("\"function\"");
    }

    @Test
    @LambdaRule("RUN-15")
    void reportsErrorInNodesShape() throws InterruptedException {
        RunnableVersion version = functions().node("exports.handler = async () => { throw new TypeError('boom'); };");
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.functionError()).contains("Unhandled");
        assertThat(outcome.payload()).startsWith("{\"errorType\":\"TypeError\",\"errorMessage\":\"boom\",\"trace\":[");
        assertThat(outcome.report()).endsWith("Error Type: TypeError");
        assertThat(functions().invoke(version, "{}").cold()).isFalse();
    }

    @Test
    void reportsUnhandledRejectionAndReplacesEnvironment() throws InterruptedException {
        RunnableVersion version = functions()
                .node(
                        "exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise(() => {}); };");
        Outcome outcome = functions().invoke(with(version, 512, Duration.ofSeconds(5)), "{}");
        assertThat(outcome.payload()).contains("Runtime.UnhandledPromiseRejection", "lost");
        assertThat(functions().invoke(version, "{}").cold()).isTrue();
    }

    @Test
    void reportsMissingModuleAndMissingHandler() throws InterruptedException {
        assertThat(functions()
                        .invoke(functions().node("require('nowhere-to-be-found')"), "{}")
                        .payload())
                .contains("Runtime.ImportModuleError", "nowhere-to-be-found");
        assertThat(functions()
                        .invoke(functions().node("exports.other = 1"), "{}")
                        .payload())
                .contains("Runtime.HandlerNotFound", "app.handler is undefined or not exported");
    }

    @Test
    void reportsExitOfHandler() throws InterruptedException {
        RunnableVersion version = functions().node("exports.handler = async () => process.exit(4);");
        assertThat(functions().invoke(version, "{}").payload()).contains("Runtime.ExitError", "exit status 4");
    }
}
