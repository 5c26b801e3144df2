// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.Arrival;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.AlgorithmOutput;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AlgorithmTemplateTest {
    private static final String LAYER = "arn:aws:lambda:eu-central-1:123456789012:layer:isolation:3";
    private static final StackSettings SETTINGS =
            new StackSettings("memtune-fn", null, "arn:aws:iam::123456789012:policy/limits", "allow", "prod", 1024, 30);

    private final AlgorithmTemplate template = new AlgorithmTemplate(SETTINGS);

    private static AlgorithmItem item(Map<String, String> environment, List<String> layers) {
        AlgorithmSettings settings = new AlgorithmSettings(
                "python3.12",
                "handler.handler",
                AlgorithmType.IN,
                null,
                null,
                60,
                environment,
                layers,
                List.of(),
                null,
                null,
                null);
        return item(settings);
    }

    private static AlgorithmItem item(AlgorithmSettings settings) {
        UploadContent content =
                new UploadContent(settings, "s3://bucket/a/code.zip", "sha", "s3://bucket/a/payloads.json", List.of());
        return AlgorithmItem.first("alpha", Items.upload("alpha", "v1", "0A"), new Arrival.Checked(content), Items.NOW);
    }

    private JsonNode function(AlgorithmItem item) {
        return Json.tree(template.body(item).getBytes(StandardCharsets.UTF_8)).at("/Resources/Function/Properties");
    }

    @Test
    void takesEnvironmentAndLayersAsTheyStand() {
        String awkward = "\"}, \"Fn::Sub\": \"${AWS::AccountId}\\";
        JsonNode function = function(item(Map.of("AWKWARD", awkward), List.of(LAYER)));

        assertThat(function.at("/Environment/Variables/AWKWARD").textValue()).isEqualTo(awkward);
        assertThat(function.path("Layers"))
                .singleElement()
                .isEqualTo(Json.mapper().getNodeFactory().textNode(LAYER));
        assertThat(function(item(Map.of(), List.of())).has("Layers")).isFalse();
    }

    @Test
    void keepsItsOwnVariable() {
        JsonNode function = function(item(Map.of("MEMTUNE_OUTPUT_QUEUE_URL", "https://elsewhere"), List.of()));

        assertThat(function.at("/Environment/Variables/MEMTUNE_OUTPUT_QUEUE_URL")
                        .isObject())
                .isTrue();
    }

    @Test
    void refusesReferencesInEverythingThatIsUploaded() {
        String reference = "x{{resolve:ssm:/db/password}}";

        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> template.body(item(Map.of("A", reference), List.of())))
                .withMessageContaining("metadata.json of alpha")
                .withMessageContaining(reference);
        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> template.body(item(Map.of(reference, "A"), List.of())));
        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> template.body(item(Map.of(), List.of(reference))));
    }

    @Test
    void givesEveryParameterThatItHasAndNoOther() {
        AlgorithmItem item = item(Map.of(), List.of());
        Map<String, String> parameters = template.parameters(item, true);

        Set<String> declared = new TreeSet<>();
        Json.tree(template.body(item).getBytes(StandardCharsets.UTF_8))
                .path("Parameters")
                .fieldNames()
                .forEachRemaining(declared::add);
        assertThat(new TreeSet<>(parameters.keySet())).isEqualTo(declared);
        assertThat(parameters)
                .containsEntry("Deployment", ExecutionName.of(item))
                .containsEntry("Type", "in")
                .containsEntry("Connected", "true")
                .containsEntry("Output", "queue")
                .containsEntry("Architecture", "x86_64")
                .containsEntry("MemorySize", "1024")
                .containsEntry("CodeBucket", "bucket")
                .containsEntry("CodeKey", "a/code.zip")
                .containsEntry("TimeoutSeconds", "60")
                .containsEntry("VisibilitySeconds", "360")
                .containsEntry("RolePath", "/memtune-fn/")
                .containsEntry("PermissionsBoundaryArn", "arn:aws:iam::123456789012:policy/limits");
    }

    @Test
    void takesOutputArchitectureAndTheFirstSizeFromTheMetadata() {
        AlgorithmSettings settings = new AlgorithmSettings(
                "python3.12",
                "handler.handler",
                AlgorithmType.OUT,
                AlgorithmOutput.BUCKET,
                Architecture.ARM64,
                60,
                Map.of("MEMTUNE_OUTPUT_BUCKET", "somebody-else's"),
                List.of(),
                List.of(512, 256),
                null,
                null,
                null);

        assertThat(template.parameters(item(settings), false))
                .containsEntry("Type", "out")
                .containsEntry("Output", "bucket")
                .containsEntry("Architecture", "arm64")
                .containsEntry("MemorySize", "512");
        assertThat(function(item(settings))
                        .at("/Environment/Variables/MEMTUNE_OUTPUT_BUCKET")
                        .isObject())
                .isTrue();
    }

    /** Each right of a function is on one thing of its own stack. */
    @Test
    void letsAFunctionPutResultsIntoItsOwnBucketAndNowhereElse() {
        JsonNode policies = Json.tree(template.body(item(Map.of(), List.of())).getBytes(StandardCharsets.UTF_8))
                .at("/Resources/FunctionRole/Properties/Policies");

        assertThat(policies.findValues("Resource").stream().map(JsonNode::toString))
                .containsExactlyInAnyOrder(
                        "{\"Fn::GetAtt\":[\"FunctionLogs\",\"Arn\"]}",
                        "{\"Fn::GetAtt\":[\"InputQueue\",\"Arn\"]}",
                        "{\"Fn::GetAtt\":[\"OutputQueue\",\"Arn\"]}",
                        "{\"Fn::Sub\":\"${MemtuneResults.Arn}/*\"}");
    }

    @Test
    void hasAStackOfItsOwnForEveryName() {
        List<String> names = List.of("a-b", "a_b", "a-b-2", "a-b_2", "a--b", "a__b", "a_-b", "0-a-b-2", "_", "-");

        assertThat(names.stream().map(SETTINGS::stackName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("memtune-fn0?-[A-Za-z0-9-]+"));
        assertThat(SETTINGS.stackName("a-b")).isEqualTo("memtune-fn-a-b");
        assertThat(SETTINGS.stackName("_".repeat(64))).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void refusesAPrefixThatStacksCannotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackSettings("my_stack", null, null, "allow", "prod", 128, 1))
                .withMessageContaining("got: my_stack");
    }
}
