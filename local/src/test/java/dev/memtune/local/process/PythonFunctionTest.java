// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static dev.memtune.local.process.FunctionFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.process.FunctionFixture.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PythonFunctionTest extends RunnerFixture {
    @Override
    Runtimes.Family family() {
        return Runtimes.Family.PYTHON;
    }

    @Test
    @LambdaRule("RUN-01")
    void answersColdThenWarmWithAwsReportLines() throws InterruptedException {
        RunnableVersion echo = functions().python("""
                        print('loading')
                        def handler(event, context):
                            print('got', event['x'])
                            return {'x': event['x'], 'id': context.aws_request_id}
                        """);
        Outcome cold = functions().invoke(echo, "{\"x\":1}");
        Outcome warm = functions().invoke(echo, "{\"x\":2}");
        assertThat(cold.payload()).isEqualTo("{\"x\": 1, \"id\": \"%s\"}", cold.requestId());
        assertThat(cold.functionError()).isEmpty();
        assertThat(cold.log())
                .startsWith(
                        "INIT_START Runtime Version: python3.12.local\nloading\nSTART RequestId: %1$s Version: 7\ngot 1\nEND RequestId: %1$s\nREPORT RequestId: %1$s\tDuration: "
                                .formatted(cold.requestId()));
        assertThat(cold.report())
                .matches(
                        "REPORT RequestId: \\S+\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 1769 MB"
                                + "\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t");
        assertThat(warm.cold()).isFalse();
        assertThat(warm.log()).startsWith("START ").contains("\ngot 2\nEND");
    }

    @Test
    @LambdaRule("RUN-04")
    void givesLambdasVariablesAndNothingOfTheHosts() throws InterruptedException {
        RunnableVersion version = functions().python("""
                        import os
                        def handler(event, context):
                            return [sorted(os.environ), os.environ['GREETING'], os.environ['AWS_REGION'],
                                os.environ['AWS_LAMBDA_FUNCTION_VERSION'], context.memory_limit_in_mb,
                                context.invoked_function_arn.split(':')[-1], 0 < context.get_remaining_time_in_millis() <= 10000,
                                context.log_group_name, os.path.isdir(os.environ['TMPDIR'])]
                        """);
        String answer = functions().invoke(version, "{}").payload();
        assertThat(answer)
                .contains("\"hello\", \"eu-west-1\", \"7\", \"1769\", \"prod\", true, \"/aws/lambda/f\", true")
                .contains("AWS_ACCESS_KEY_ID", "LAMBDA_TASK_ROOT", "_HANDLER", "\"TZ\"", "\"LANG\"")
                .doesNotContain("\"USER\"", "\"JAVA_HOME\"", "\"SHELL\"", "\"PWD\"");
    }

    @Test
    void findsModulesInPackagesFolder() throws InterruptedException {
        RunnableVersion version = FunctionFixture.version(
                "python3.12",
                "app.handler",
                functions()
                        .code(Map.of(
                                "app.py", "import other\ndef handler(e, c):\n  return other.X\n",
                                "packages/other.py", "X = 'packaged'\n")));
        assertThat(functions().invoke(version, "{}").payload()).isEqualTo("\"packaged\"");
    }

    @Test
    @LambdaRule("RUN-05")
    void reportsExceptionAndKeepsEnvironment() throws InterruptedException {
        RunnableVersion version = functions().python("def handler(event, context):\n  raise ValueError('boom')\n");
        Outcome first = functions().invoke(version, "{}");
        assertThat(first.functionError()).contains("Unhandled");
        assertThat(first.payload())
                .startsWith("{\"errorMessage\": \"boom\", \"errorType\": \"ValueError\", \"requestId\": ")
                .contains("\"stackTrace\": [\"  File ");
        assertThat(first.log()).contains("[ERROR] ValueError: boom");
        assertThat(first.report()).endsWith("\tStatus: error\tError Type: ValueError");
        assertThat(functions().invoke(version, "{}").cold()).isFalse();
    }

    @Test
    @LambdaRule("RUN-06")
    void reportsImportErrorAfterRunningInitTwice() throws InterruptedException {
        RunnableVersion version = functions().python("import nowhere_to_be_found\n");
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.functionError()).contains("Unhandled");
        assertThat(outcome.payload())
                .contains("\"errorType\": \"Runtime.ImportModuleError\"", "Unable to import module 'app'");
        assertThat(outcome.log())
                .containsPattern(
                        "INIT_REPORT Init Duration: \\S+ ms\tPhase: init\tStatus: error\tError Type: Runtime.Import")
                .containsPattern(
                        "INIT_REPORT Init Duration: \\S+ ms\tPhase: invoke\tStatus: error\tError Type: Runtime.Import");
        assertThat(outcome.report()).endsWith("Status: error\tError Type: Runtime.ImportModuleError");
    }

    @Test
    void reportsMissingHandler() throws InterruptedException {
        Outcome outcome = functions().invoke(functions().python("x = 1\n"), "{}");
        assertThat(outcome.payload()).contains("Runtime.HandlerNotFound", "Handler 'handler' missing on module 'app'");
    }

    @Test
    @LambdaRule("RUN-07")
    void killsTimedOutFunctionThatIgnoresSignals() throws InterruptedException {
        RunnableVersion version = with(functions().python("""
                                import signal, time, os, subprocess
                                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                                def handler(event, context):
                                    if event: return 'fine'
                                    child = subprocess.Popen(['sleep', '1000'], start_new_session=True)
                                    print('child', child.pid)
                                    time.sleep(1000)
                                """), 256, Duration.ofMillis(300));
        Outcome outcome = functions().invoke(version, "0");
        assertThat(outcome.functionError()).contains("Unhandled");
        assertThat(outcome.payload())
                .isEqualTo(
                        "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: %s Error: Task timed out after 0.30 seconds\"}",
                        outcome.requestId());
        assertThat(outcome.report()).contains("\tDuration: 300.00 ms\t").endsWith("Status: timeout");
        assertThat(outcome.log()).contains("Task timed out after 0.30 seconds");
        long child = Long.parseLong(outcome.log().replaceAll("(?s).*child (\\d+)\n.*", "$1"));
        assertThat(ProcessTree.isAlive(child)).isFalse();
        assertThat(functions().invoke(version, "1").cold()).isTrue();
    }

    @Test
    @LambdaRule("RUN-08")
    void killsFunctionThatTakesTooMuchMemory() throws InterruptedException {
        RunnableVersion version = with(functions().python("""
                                def handler(event, context):
                                    held = []
                                    while True:
                                        held.append(bytearray(1 << 20))
                                """), 128, Duration.ofSeconds(20));
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.payload()).contains("\"Runtime.OutOfMemory\"", "Runtime exited with error: signal: killed");
        assertThat(outcome.report())
                .contains("\tMax Memory Used: 128 MB\t")
                .endsWith("Status: error\tError Type: Runtime.OutOfMemory");
    }

    @Test
    @LambdaRule("RUN-09")
    void reportsExitOfHandlerAndReplacesEnvironment() throws InterruptedException {
        RunnableVersion version =
                functions().python("import sys\ndef handler(event, context):\n  print('bye')\n  sys.exit(event)\n");
        Outcome status = functions().invoke(version, "3");
        assertThat(status.payload()).contains("\"Runtime.ExitError\"", "Runtime exited with error: exit status 3");
        assertThat(status.log()).contains("\nbye\n").contains("Error Type: Runtime.ExitError");
        Outcome silent = functions().invoke(version, "0");
        assertThat(silent.payload()).contains("Runtime exited without providing a reason");
        assertThat(silent.cold()).isTrue();
    }

    @Test
    void reportsMemoryOfProcessThatHasEnded() throws InterruptedException {
        RunnableVersion version = functions()
                .python("import os\ndef handler(event, context):\n  held = bytearray(60 << 20)\n  os._exit(1)\n");
        String report = functions().invoke(version, "{}").report();
        int usedMB = Integer.parseInt(report.replaceAll(".*Max Memory Used: (\\d+) MB.*", "$1"));
        assertThat(usedMB).isBetween(60, 150);
    }

    @Test
    void killsWhatForksAndClearsItsEnvironment() throws InterruptedException {
        RunnableVersion version = functions().python("""
                        import subprocess
                        def handler(event, context):
                            command = ['/bin/sh', '-c', '(sleep 1000 & echo $!; while :; do (:) ; done) & echo $!']
                            child = subprocess.Popen(command, start_new_session=True, env={}, stdout=subprocess.PIPE)
                            return [child.stdout.readline().decode().strip(), child.stdout.readline().decode().strip()]
                        """);
        String pids = functions().invoke(version, "{}").payload().replaceAll("[^0-9,]", "");
        runner().retire(version.versionArn());
        assertThat(pids.split(",")).hasSize(2).noneMatch(pid -> ProcessTree.isAlive(Long.parseLong(pid)));
    }

    @Test
    @LambdaRule("RUN-13")
    void standsStillBetweenInvocationsWhereItCanBeFrozen() throws InterruptedException {
        Assumptions.assumeTrue(runner().isolation().cpu().startsWith("cgroup"), "no cgroup here");
        RunnableVersion version = functions().python("""
                        import threading, time
                        turns = [0]
                        def turn():
                            while True:
                                turns[0] += 1
                                time.sleep(0.001)
                        threading.Thread(target=turn, daemon=True).start()
                        def handler(event, context):
                            return turns[0]
                        """);
        int before = Integer.parseInt(functions().invoke(version, "{}").payload());
        LockSupport.parkNanos(1_000_000_000);
        int after = Integer.parseInt(functions().invoke(version, "{}").payload());
        assertThat(after - before).isBetween(0, 500); // all the time would be 1,000
    }

    @Test
    void boundsFloodOfOutput() throws InterruptedException {
        RunnableVersion version = functions()
                .python("def handler(event, context):\n  for i in range(3000): print('x' * 1023)\n  return 1\n");
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.payload()).isEqualTo("1");
        assertThat(outcome.log()).hasSizeBetween(1 << 20, (1 << 20) + 1000).contains("bytes of output dropped");
        assertThat(functions().invoke(version, "{}").log()).contains("bytes of output dropped");
    }

    @Test
    void refusesResponseOverLambdasLimit() throws InterruptedException {
        RunnableVersion version = functions().python("def handler(event, context):\n  return 'x' * 6400000\n");
        assertThat(functions().invoke(version, "{}").payload())
                .contains("\"Function.ResponseSizeTooLarge\"", "(6291556 bytes)");
    }

    @Test
    @LambdaRule("RUN-10")
    void deletesTemporaryFilesOfEndedEnvironments() throws Exception {
        String name = UUID.randomUUID().toString();
        RunnableVersion version = functions().python("""
                        import os, tempfile
                        def handler(event, context):
                            with open(os.path.join(tempfile.gettempdir(), event), 'a') as file: file.write('x')
                        """);
        functions().invoke(version, "\"" + name + "\"");
        Path kept = onTheMachine(name).orElseThrow();
        runner().retire(version.versionArn());
        assertThat(kept.getParent()).doesNotExist();
        assertThat(onTheMachine(name)).isEmpty();
    }

    /** Where a function's temporary file really is, whatever the function believes. */
    private Optional<Path> onTheMachine(String name) {
        return Stream.of(Objects.requireNonNull(
                        settings().temporaryRoot().toFile().listFiles()))
                .filter(folder -> folder.getName().startsWith("memtune-functions-"))
                .flatMap(service -> Stream.ofNullable(service.listFiles()))
                .flatMap(Stream::of)
                .map(environment -> environment.toPath().resolve("tmp").resolve(name))
                .filter(Files::exists)
                .findFirst();
    }
}
