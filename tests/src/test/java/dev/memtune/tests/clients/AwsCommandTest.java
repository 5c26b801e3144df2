// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code aws} command uses the service as its manual shows it. */
class AwsCommandTest {
    private static final String HANDLER = """
            def handler(event, context):
                print("working on", event)
                return {"doubled": 2 * event["n"]}
            """;

    @TempDir
    private Path folder;

    @Test
    void deploysPublishesInvokesAndReadsLogs() throws Exception {
        Program.AWS.require();
        Path zip = Files.write(folder.resolve("code.zip"), Archive.of(Map.of("app.py", HANDLER)));
        Path answer = folder.resolve("answer.json");
        try (LiveService service = LiveService.start(folder.resolve("data"))) {
            Shell aws = new Shell(service.environment());

            aws.run("lambda create-function --function-name typed --runtime python3.12 --handler app.handler"
                    + " --role arn:aws:iam::000000000000:role/typed --zip-file fileb://" + zip);
            aws.run("lambda wait function-active-v2 --function-name typed");
            aws.run("lambda update-function-configuration --function-name typed --memory-size 512");
            aws.run("lambda wait function-updated-v2 --function-name typed");
            assertThat(aws.run("lambda publish-version --function-name typed --query Version --output text"))
                    .isEqualTo("1");
            assertThat(aws.run("lambda create-alias --function-name typed --name prod --function-version 1"
                            + " --query AliasArn --output text"))
                    .endsWith(":function:typed:prod");
            aws.run("lambda wait published-version-active --function-name typed --qualifier 1");
            String tail = aws.run("lambda invoke --function-name typed --qualifier prod --log-type Tail"
                    + " --payload {\"n\":21} --query ExecutedVersion --output text "
                    + answer);
            assertThat(tail).isEqualTo("1");
            assertThat(answer).hasContent("{\"doubled\": 42}");
            assertThat(aws.run("logs filter-log-events --log-group-name /aws/lambda/typed"
                            + " --filter-pattern REPORT --query events[].message --output text"))
                    .contains("REPORT RequestId: ", "Memory Size: 512 MB");
            assertThat(aws.fails("lambda get-function --function-name nobody"))
                    .contains("ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:");
            aws.run("lambda delete-function --function-name typed");
            assertThat(aws.run("lambda list-functions --query Functions --output text"))
                    .isEmpty();
        }
    }

    private record Shell(Map<String, String> environment) {
        String run(String line) throws IOException, InterruptedException {
            Program.Result result = Program.AWS.run(environment, List.of(line.split(" ")));
            assertThat(result.exitCode())
                    .as("aws %s: %s", line, result.errors())
                    .isZero();
            return result.output().strip();
        }

        String fails(String line) throws IOException, InterruptedException {
            Program.Result result = Program.AWS.run(environment, List.of(line.split(" ")));
            assertThat(result.exitCode())
                    .as("aws %s: %s", line, result.output())
                    .isNotZero();
            return result.errors();
        }
    }
}
