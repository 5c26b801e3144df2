// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.function.FunctionConfiguration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.TenantIsolationMode;

class ConfigurationsTest {
    private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:work";

    private static FunctionConfiguration read(Consumer<GetFunctionConfigurationResponse.Builder> more) {
        GetFunctionConfigurationResponse.Builder answer = GetFunctionConfigurationResponse.builder()
                .functionName("work")
                .functionArn(ARN)
                .memorySize(512)
                .timeout(3);
        more.accept(answer);
        return Configurations.of(answer.build());
    }

    @Test
    void knowsFunctionsOnManagedInstances() {
        FunctionConfiguration function = read(answer ->
                answer.capacityProviderConfig(config -> config.lambdaManagedInstancesCapacityProviderConfig(instances ->
                        instances.capacityProviderArn("arn:aws:lambda:eu-west-1:123456789012:capacity-provider:own"))));
        assertThat(function.untunableReason()).contains("Lambda Managed Instances", "billed by the instance");
    }

    @Test
    void knowsDurableFunctions() {
        FunctionConfiguration function = read(answer -> answer.durableConfig(config -> config.executionTimeout(3600)));
        assertThat(function.untunableReason()).contains("durable function");
    }

    @Test
    void knowsReplicasOfLambdaAtEdge() {
        FunctionConfiguration function =
                read(answer -> answer.masterArn("arn:aws:lambda:us-east-1:123456789012:function:work:3"));
        assertThat(function.untunableReason()).contains("Lambda@Edge replica", "us-east-1");
    }

    /** None of these changes how an invocation is billed. */
    @Test
    void hasNothingAgainstImagesNetworksKeysAndTenants() {
        FunctionConfiguration function = read(answer -> answer.packageType(PackageType.IMAGE)
                .vpcConfig(vpc -> vpc.subnetIds("subnet-1").securityGroupIds("sg-1"))
                .kmsKeyArn("arn:aws:kms:eu-west-1:123456789012:key/k")
                .tenancyConfig(tenancy -> tenancy.tenantIsolationMode(TenantIsolationMode.PER_TENANT)));
        assertThat(function.untunableReason()).isNull();
        assertThat(function.runtime()).isNull();
        assertThat(function.traits().tenantIsolated()).isTrue();
        assertThat(function.functionArn()).isEqualTo(ARN);
    }
}
