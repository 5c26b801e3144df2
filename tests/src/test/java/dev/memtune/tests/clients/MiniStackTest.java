// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same calls to MiniStack, an emulator of AWS by others. Both must agree on every rule that both implement; where they do
 * not, it stands here who is right. A difference that has gone must be struck out.
 */
class MiniStackTest {
    private static final int CALLS_MIN = 80;

    /** What MiniStack 1.5.33 does otherwise than AWS documents; we are right in each. */
    private static final Map<String, String> DIFFERENCES = Map.ofEntries(
            entry("get by partial ARN", "FunctionName may be ACCOUNT:function:NAME (API reference, every operation)"),
            entry("get of $LATEST", "with a Qualifier the answer's ARN is qualified (GetFunctionConfiguration)"),
            entry(
                    "weights off an alias",
                    "a weighted alias sends that share of the calls to the other version (Lambda"
                            + " developer guide, weighted alias); it sends none"),
            entry("aliases of a version", "FunctionVersion lists that version's aliases only (ListAliases)"),
            entry("delete it again", "DeleteAlias has no ResourceNotFoundException in the service model"),
            entry("invoke with no JSON", "a payload must be JSON: InvalidRequestContentException (Invoke)"),
            entry("client context", "the function gets the client context (Invoke, X-Amz-Client-Context)"),
            entry("a report in the tail", "the tail holds the platform's lines too (Invoke, LogType)"),
            entry("a tail of 4 KB", "the tail ends with the platform's report"),
            entry("a report in JSON", "LogFormat JSON writes platform.report (Lambda developer guide, log formats)"),
            entry("no report at WARN", "a tail that was asked for is there, if empty"),
            entry("an error of the function", "a managed runtime's error has the exception's name as errorType"),
            entry("a function that exits", "a process that ends is Runtime.ExitError (Lambda developer guide)"),
            entry("a payload over 6 MB", "the quota of a synchronous payload is 6 MB (Lambda quotas)"),
            entry("an event over 1 MB", "the quota of an asynchronous payload is 1 MB (Lambda quotas)"),
            entry("provision", "provisioned environments are IN_PROGRESS first (PutProvisionedConcurrencyConfig)"),
            entry("provisioned ones", "ListProvisionedConcurrencyConfigs is another operation than Get"),
            entry("change them", "UpdateFunctionEventInvokeConfig changes what is given and keeps the rest"),
            entry("read them", "follows from the one before"),
            entry("search in pages", "a page that is full has a nextToken (FilterLogEvents)"),
            entry("no policy", "a function without a policy is ResourceNotFoundException (GetPolicy)"),
            entry("streaming is refused", "neither streams: it answers as if it did, we say that we do not"),
            entry("what the service does not have", "neither has capacity providers: it calls them functions"),
            entry("runtime management", "every function has a runtime management configuration"));

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> agreesOnEveryRuleThatBothImplement() throws Exception {
        Program.MINISTACK.require();
        Program.PYTHON.require();
        int port = freePort();
        Map<String, String> settings = Map.of(
                "AUTH", "false",
                "IOT_MTLS_ENABLED", "0",
                "BIND_HOST", "127.0.0.1",
                "GATEWAY_PORT", String.valueOf(port),
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port,
                "AWS_REGION", "us-east-1");
        try (Server ministack = Server.start(Program.MINISTACK, folder, settings, List.of("-m", "ministack"))) {
            ministack.awaitPort(port);
            List<CallVerdict> verdicts = CallVerdict.ask(Map.of(), "http://127.0.0.1:" + port, "--lenient");
            assertThat(verdicts).hasSizeGreaterThanOrEqualTo(CALLS_MIN);
            assertThat(verdicts).extracting(CallVerdict::name).containsAll(DIFFERENCES.keySet());
            return verdicts.stream().map(MiniStackTest::test);
        }
    }

    private static DynamicTest test(CallVerdict verdict) {
        boolean isKnown = DIFFERENCES.containsKey(verdict.name());
        return DynamicTest.dynamicTest(
                verdict.title(), () -> assertThat(verdict.problems().isEmpty())
                        .as("%s: %s; known difference: %s", verdict.title(), verdict.problems(), isKnown)
                        .isEqualTo(!isKnown));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
