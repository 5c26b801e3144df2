// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client would send end in one of Lambda's errors, and leave the service as it was. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HostileRequestsTest extends ServiceFixture {
    private static final List<String> OPERATIONS = List.of(
            "POST /2015-03-31/functions",
            "PUT /2015-03-31/functions/f/configuration",
            "PUT /2015-03-31/functions/f/code",
            "POST /2015-03-31/functions/f/versions",
            "POST /2015-03-31/functions/f/aliases",
            "PUT /2015-03-31/functions/f/aliases/a",
            "POST /2015-03-31/functions/f/invocations",
            "PUT /2017-10-31/functions/f/concurrency",
            "POST /2017-03-31/tags/arn:aws:lambda:us-east-1:000000000000:function:f");

    /** A body in which every member there is has this value. */
    private static String allWrong(String value) {
        return """
            {"FunctionName": %1$s, "Runtime": %1$s, "Role": %1$s, "Handler": %1$s, "Code": %1$s, "ZipFile": %1$s,
             "MemorySize": %1$s, "Timeout": %1$s, "Environment": %1$s, "Tags": %1$s, "Layers": %1$s, "Name": %1$s,
             "FunctionVersion": %1$s, "RoutingConfig": %1$s, "ReservedConcurrentExecutions": %1$s, "RevisionId": %1$s,
             "Description": %1$s, "LoggingConfig": %1$s, "Architectures": %1$s, "VpcConfig": %1$s, "SnapStart": %1$s}""".formatted(value);
    }

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"text\"",
                "1e999",
                "{\"a\":\u0000}",
                "[[[[", // repeated below to a depth of thousands
                "7",
                "[1]",
                "{\"a\": {}}",
                "99999999999999999999",
                "\"\\ud800\"",
                "true"
            })
    void answerWithLambdasErrors(String hostile) throws Exception {
        String body = hostile.equals("[[[[") ? "[".repeat(5_000) : hostile;
        for (String operation : OPERATIONS) {
            String[] parts = operation.split(" ", 2);
            for (String sent : List.of(body, allWrong(body))) {
                Rest.Answer answer = rest.send(parts[0], parts[1], sent);
                assertThat(answer.status()).as(operation + " " + sent).isBetween(200, 499);
                assertThat(new String(answer.response().body(), StandardCharsets.UTF_8))
                        .as(operation + " " + sent)
                        .doesNotContain("\tat ", "dev.memtune", "java.lang");
            }
        }
        assertThat(rest.get(Rest.FUNCTIONS).json().path("Functions")).hasSize(1);
        assertThat(log).noneMatch(line -> line.contains(" failed: "));
    }

    private String raw(String request, boolean halfClosed) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), lambda.endpoint().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (halfClosed) {
                socket.shutdownOutput();
            }
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLargeWithoutReadingIt() throws Exception {
        assertThat(raw(
                        "POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx",
                        false))
                .isEqualTo("HTTP/1.1 413");
        assertThat(rest.get(Rest.FUNCTIONS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
                "POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /2015-03-31/functions/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET /2015-03-31/functions",
                "\0\0\0\0\r\n\r\n",
                ""
            })
    void survivesConnectionsThatBreakOff(String request) throws Exception {
        assertThat(raw(request, true))
                .satisfiesAnyOf(answer -> assertThat(answer).isEmpty(), answer -> assertThat(answer)
                        .matches("HTTP/1\\.1 [45]\\d\\d"));
        assertThat(rest.get(Rest.FUNCTIONS).json().path("Functions")).hasSize(1);
    }

    @Test
    void servesOthersWhileManyConnectionsSayNothing() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), lambda.endpoint().getPort());
                silent.add(socket);
                socket.getOutputStream().write("POST /2015-03-31/fun".getBytes(StandardCharsets.ISO_8859_1));
            }
            assertThat(rest.get(Rest.FUNCTIONS).status()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
