// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import dev.memtune.aws.Access;
import dev.memtune.aws.Endpoint;
import dev.memtune.core.port.LambdaFault;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** What a deployed stack says of itself. */
public final class StackOutputs {
    private StackOutputs() {}

    /**
     * The outputs of a stack, by their names; none while it is made. Needs {@code cloudformation:DescribeStacks}.
     *
     * @throws LambdaFault.NotFound if there is no such stack
     * @throws LambdaFault if CloudFormation refuses, or does not answer
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
     */
    public static Map<String, String> of(Endpoint endpoint, String stack) {
        return StackFaults.translating(() -> {
            try (Access access = Access.to(endpoint);
                    CloudFormationClient client = AwsAlgorithmStacks.client(access)) {
                return client.describeStacks(request -> request.stackName(stack)).stacks().stream()
                        .flatMap(one -> one.outputs().stream())
                        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
            }
        });
    }
}
