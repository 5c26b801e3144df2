// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import dev.memtune.local.process.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** See <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html">CloudWatch Logs</a>. */
class LogsOperationsTest extends ServiceFixture {
    private static final String GROUP = "\"logGroupName\":\"/aws/lambda/f\"";
    private static final long START_MS = 1_767_225_600_000L;

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
        runner.script = (version, invocation) -> {
            clock.advance(Duration.ofMillis(10));
            String id = invocation.requestId();
            String log = "START RequestId: " + id + " Version: $LATEST\nhello "
                    + new String(invocation.payload(), StandardCharsets.UTF_8)
                    + "\nEND RequestId: " + id + "\nREPORT RequestId: " + id + "\n\n";
            return new InvocationResult(
                    "1".getBytes(StandardCharsets.UTF_8),
                    Optional.empty(),
                    log.getBytes(StandardCharsets.UTF_8),
                    "2026/01/01/[" + version.version() + "]e" + runner.invocations.size() % 2);
        };
    }

    private Rest.Answer call(String operation, String body) throws Exception {
        return rest.post(
                "/", body, "X-Amz-Target", "Logs_20140328." + operation, "Content-Type", "application/x-amz-json-1.1");
    }

    private static List<String> messages(JsonNode answer) {
        List<String> messages = new ArrayList<>();
        answer.path("events")
                .forEach(event -> messages.add(event.path("message").asText()));
        return messages;
    }

    @Test
    @LambdaRule("LOG-01")
    void keepsOneEventALineInTheFunctionsGroup() throws Exception {
        String id = rest.invoke("f", "\"you\"").header("x-amzn-RequestId");
        Rest.Answer answer = call("FilterLogEvents", "{" + GROUP + "}");
        JsonNode first = answer.json().path("events").get(0);

        assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(messages(answer.json()))
                .containsExactly(
                        "START RequestId: " + id + " Version: $LATEST",
                        "hello \"you\"",
                        "END RequestId: " + id,
                        "REPORT RequestId: " + id);
        assertThat(first.path("timestamp").asLong()).isEqualTo(START_MS);
        assertThat(first.path("ingestionTime").asLong()).isEqualTo(START_MS + 10);
        assertThat(first.path("logStreamName").asText()).isEqualTo("2026/01/01/[$LATEST]e1");
        assertThat(first.path("eventId").asText()).hasSize(56);
    }

    @Test
    @LambdaRule("LOG-02")
    void filtersByTextAndTimeAndStream() throws Exception {
        String one = rest.invoke("f", "\"one\"").header("x-amzn-RequestId");
        String two = rest.invoke("f", "\"two\"").header("x-amzn-RequestId");

        assertThat(messages(call("FilterLogEvents", "{" + GROUP + ",\"filterPattern\":\"\\\"" + two + "\\\"\"}")
                        .json()))
                .hasSize(3)
                .allMatch(message -> message.contains(two));
        assertThat(messages(
                        call("FilterLogEvents", "{" + GROUP + ",\"filterPattern\":\"RequestId -END ?" + one + " ?x\"}")
                                .json()))
                .hasSize(2);
        assertThat(messages(call("FilterLogEvents", "{" + GROUP + ",\"startTime\":" + (START_MS + 11) + "}")
                        .json()))
                .hasSize(3);
        assertThat(messages(call(
                                "FilterLogEvents",
                                "{" + GROUP + ",\"logStreamNames\":[\"2026/01/01/[$LATEST]e0\"],\"endTime\":"
                                        + (START_MS + 11) + "}")
                        .json()))
                .hasSize(1);
        assertThat(call("FilterLogEvents", "{" + GROUP + ",\"filterPattern\":\"{ $.level = 1 }\"}")
                        .text("message"))
                .contains("filters by terms only");
    }

    @Test
    @LambdaRule("LOG-03")
    void pagesThroughFilteredEvents() throws Exception {
        rest.invoke("f", "1");
        rest.invoke("f", "2");
        List<String> found = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            String more = token.isEmpty() ? "" : ",\"nextToken\":\"" + token + "\"";
            JsonNode page = call("FilterLogEvents", "{" + GROUP + ",\"limit\":3" + more + "}")
                    .json();
            found.addAll(messages(page));
            token = page.path("nextToken").asText();
            pages++;
        } while (!token.isEmpty() && pages < 9);

        assertThat(pages).isEqualTo(3);
        assertThat(found).hasSize(8).doesNotHaveDuplicates();
        assertThat(call("FilterLogEvents", "{" + GROUP + ",\"nextToken\":\"x\"}")
                        .text("message"))
                .isEqualTo("The specified nextToken is invalid.");
    }

    @Test
    @LambdaRule("LOG-04")
    void readsAStreamInBothDirections() throws Exception {
        rest.invoke("f", "1");
        String stream = GROUP + ",\"logStreamName\":\"2026/01/01/[$LATEST]e1\"";
        JsonNode last = call("GetLogEvents", "{" + stream + ",\"limit\":3}").json();
        assertThat(messages(last)).first().asString().startsWith("hello");
        JsonNode before = call(
                        "GetLogEvents",
                        "{" + stream + ",\"limit\":3,\"nextToken\":\""
                                + last.path("nextBackwardToken").asText() + "\"}")
                .json();
        assertThat(messages(before)).singleElement().asString().startsWith("START");
        String end = last.path("nextForwardToken").asText();
        JsonNode after = call("GetLogEvents", "{" + stream + ",\"nextToken\":\"" + end + "\"}")
                .json();

        assertThat(messages(after)).isEmpty();
        assertThat(after.path("nextForwardToken").asText()).isEqualTo(end);
        assertThat(messages(call("GetLogEvents", "{" + stream + ",\"startFromHead\":true,\"limit\":1}")
                        .json()))
                .singleElement()
                .asString()
                .startsWith("START");
    }

    @Test
    @LambdaRule("LOG-05")
    void describesGroupsAndStreams() throws Exception {
        rest.invoke("f", "1");
        rest.invoke("f", "2");
        JsonNode group = call("DescribeLogGroups", "{\"logGroupNamePrefix\":\"/aws/lambda/\"}")
                .json()
                .path("logGroups")
                .get(0);
        assertThat(group.path("logGroupName").asText()).isEqualTo("/aws/lambda/f");
        assertThat(group.path("arn").asText())
                .isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f:*");
        assertThat(group.path("storedBytes").asLong()).isPositive();
        JsonNode newest = call(
                        "DescribeLogStreams",
                        "{" + GROUP + ",\"orderBy\":\"LastEventTime\",\"descending\":true,\"limit\":1}")
                .json();

        assertThat(newest.path("logStreams").get(0).path("logStreamName").asText())
                .isEqualTo("2026/01/01/[$LATEST]e0");
        JsonNode second = call(
                        "DescribeLogStreams",
                        "{" + GROUP + ",\"orderBy\":\"LastEventTime\",\"descending\":true,\"nextToken\":\""
                                + newest.path("nextToken").asText() + "\"}")
                .json();
        assertThat(second.path("logStreams").get(0).path("firstEventTimestamp").asLong())
                .isEqualTo(START_MS);
        assertThat(call("DescribeLogGroups", "{\"logGroupNamePrefix\":\"/other\"}")
                        .json()
                        .path("logGroups"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "FilterLogEvents;{\"logGroupName\":\"/gone\"};ResourceNotFoundException;The specified log group does not exist.",
                "GetLogEvents;{\"logGroupName\":\"/aws/lambda/f\",\"logStreamName\":\"gone\"};ResourceNotFoundException;The specified log stream does not exist.",
                "GetLogEvents;{\"logGroupName\":\"/aws/lambda/f\"};InvalidParameterException;at 'logStreamName'",
                "FilterLogEvents;{};InvalidParameterException;logGroupName",
                "FilterLogEvents;{\"logGroupName\":\"/aws/lambda/f\",\"limit\":10001};InvalidParameterException;less than or equal to 10000",
                "DescribeLogStreams;{\"logGroupName\":\"/aws/lambda/f\",\"orderBy\":\"LastEventTime\",\"logStreamNamePrefix\":\"a\"};InvalidParameterException;Cannot order by LastEventTime",
                "DescribeLogGroups;{\"limit\":\"x\"};InvalidParameterException;'limit' must be of type NUMBER"
            })
    @LambdaRule("LOG-06")
    void answersErrorsAsLogsDoes(String operation, String body, String type, String message) throws Exception {
        rest.invoke("f", "1");
        Rest.Answer answer = call(operation, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).isEqualTo(type);
        assertThat(answer.text("message")).contains(message);
    }

    @Test
    @LambdaRule("LOG-07")
    void logsToTheConfiguredGroup() throws Exception {
        rest.configure("f", "{\"LoggingConfig\":{\"LogGroup\":\"/shared/logs\"}}");
        rest.invoke("f", "1");

        assertThat(messages(call("FilterLogEvents", "{\"logGroupName\":\"/shared/logs\"}")
                        .json()))
                .hasSize(4);
        assertThat(call("FilterLogEvents", "{" + GROUP + "}").status()).isEqualTo(400);
    }

    @Test
    @LambdaRule("LOG-08")
    void outlivesTheFunctionAndARestart() throws Exception {
        rest.invoke("f", "1");
        rest.delete(Rest.FUNCTIONS + "/f");
        restart();

        assertThat(messages(call("FilterLogEvents", "{" + GROUP + "}").json())).hasSize(4);
    }

    @Test
    void namesOperationsOfLogsThatItDoesNotHave() throws Exception {
        Rest.Answer answer = call("PutRetentionPolicy", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).isEqualTo("UnknownOperationException");
        assertThat(answer.text("message"))
                .isEqualTo("The embedded Lambda service does not support Logs_20140328.PutRetentionPolicy.");
    }
}
