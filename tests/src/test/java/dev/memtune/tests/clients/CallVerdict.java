// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What boto3's judge says of one call.
 *
 * @param name what the call is about; each once
 * @param operation boto3's name of the operation
 * @param problems how the call ended otherwise than AWS documents
 * @param shape what the answer has that the service model does not allow, or lacks
 */
record CallVerdict(String name, String operation, List<String> problems, List<String> shape) {
    /** The verdicts on an endpoint, in the order of the calls. */
    static List<CallVerdict> ask(Map<String, String> environment, String endpoint, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("lambda_judge.py", endpoint));
        arguments.addAll(List.of(options));
        Program.Result result = Program.PYTHON.run(environment, arguments);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return new ObjectMapper().readValue(result.output(), new TypeReference<>() {});
    }

    String title() {
        return operation + ": " + name;
    }
}
