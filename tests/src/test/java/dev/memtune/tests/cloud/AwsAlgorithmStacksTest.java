// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.aws.Access;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.stacks.AwsAlgorithmStacks;
import dev.memtune.aws.stacks.StackSettings;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.AlgorithmStacksContract;
import dev.memtune.core.registry.Arrival;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.StackState;
import dev.memtune.core.registry.StackState.Changing;
import dev.memtune.core.registry.StackState.Deployed;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.AlgorithmOutput;
import dev.memtune.core.wire.AlgorithmType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.S3Client;

/** The stacks of algorithms on an independent CloudFormation, which makes the resources. */
class AwsAlgorithmStacksTest extends AlgorithmStacksContract {
    private static final String BUCKET = "algorithms";
    private static final String CODE = "checked/code.zip";
    private static final String MISSING_LAYER = "arn:aws:lambda:us-east-1:000000000000:layer:missing:1";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_MAX = 600;

    private static Emulator emulator;
    private static AwsAlgorithmStacks stacks;
    private static LambdaClient lambda;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        Tools.require();
        emulator = Emulator.startOpen();
        Endpoint endpoint = new Endpoint.Loopback(emulator.gateway(), "us-east-1");
        stacks = AwsAlgorithmStacks.of(endpoint, new StackSettings("memtune-fn", null, null, "allow", "prod", 512, 7));
        lambda = Access.to(endpoint).configure(LambdaClient.builder()).build();
        s3 = Access.to(endpoint)
                .configure(S3Client.builder().forcePathStyle(true))
                .build();
        s3.createBucket(request -> request.bucket(BUCKET));
        s3.putObject(request -> request.bucket(BUCKET).key(CODE), RequestBody.fromBytes(zip()));
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            s3.close();
            lambda.close();
            stacks.close();
            emulator.close();
        }
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("handler.py"));
            zip.write("def handler(event, context):\n    return event\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    protected AlgorithmStacks stacks() {
        return stacks;
    }

    @Override
    protected UploadContent content(String name, AlgorithmType type) {
        return content(type, Map.of("MODE", "real ${AWS::Region} \"quoted\""), List.of());
    }

    private static UploadContent content(AlgorithmType type, Map<String, String> environment, List<String> layers) {
        return content(new AlgorithmSettings(
                "python3.12",
                "handler.handler",
                type,
                null,
                null,
                30,
                environment,
                layers,
                List.of(),
                null,
                null,
                null));
    }

    private static UploadContent content(AlgorithmSettings settings) {
        return new UploadContent(
                settings, "s3://" + BUCKET + "/" + CODE, "sha", "s3://" + BUCKET + "/payloads.json", List.of());
    }

    @Override
    protected UploadContent broken(String name) {
        return content(AlgorithmType.TRANSFORM, Map.of(), List.of(MISSING_LAYER));
    }

    @Override
    protected void settle(String name, boolean isBroken) {
        for (int poll = 0; poll < POLLS_MAX && stacks.state(name) instanceof Changing; poll++) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    @Override
    protected void promote(String name) {
        String version =
                lambda.publishVersion(request -> request.functionName(name)).version();
        lambda.createAlias(request -> request.functionName(name).name("prod").functionVersion(version));
    }

    private AlgorithmItem deployed(String name, UploadContent content) {
        AlgorithmItem item = item(name, content);
        stacks.deploy(item);
        settle(name, false);
        assertThat(stacks.state(name)).isEqualTo(new Deployed(ExecutionName.of(item)));
        return item;
    }

    private static AlgorithmItem item(String name, UploadContent content) {
        return AlgorithmItem.first(name, Items.upload(name, "v1", "0A"), new Arrival.Checked(content), Items.NOW);
    }

    @Test
    void makesAFunctionThatMayBeTunedAndPromoted() {
        deployed("made", content("made", AlgorithmType.OUT));

        FunctionConfiguration function =
                lambda.getFunction(request -> request.functionName("made")).configuration();
        assertThat(function.memorySize()).isEqualTo(512);
        assertThat(function.timeout()).isEqualTo(30);
        assertThat(function.environment().variables())
                .containsEntry("MODE", "real ${AWS::Region} \"quoted\"")
                .hasEntrySatisfying(
                        "MEMTUNE_OUTPUT_QUEUE_URL", url -> assertThat(url).startsWith("http"));
        assertThat(function.role()).contains(":role/memtune-fn/");
        assertThat(lambda.listTags(request -> request.resource(function.functionArn()))
                        .tags())
                .containsEntry("memtune", "allow")
                .containsEntry("memtune-promote", "allow");
        assertThat(lambda.invoke(request -> request.functionName("made").payload(SdkBytes.fromUtf8String("{\"n\":1}")))
                        .payload()
                        .asUtf8String())
                .isEqualToIgnoringWhitespace("{\"n\":1}");
    }

    @Test
    void makesABucketForResultsThatOutlivesItsFunction() {
        AlgorithmSettings settings = new AlgorithmSettings(
                "python3.12",
                "handler.handler",
                AlgorithmType.OUT,
                AlgorithmOutput.BUCKET,
                Architecture.ARM64,
                30,
                Map.of(),
                List.of(),
                List.of(256, 1024),
                null,
                null,
                null);
        deployed("collected", content(settings));

        FunctionConfiguration function =
                lambda.getFunction(request -> request.functionName("collected")).configuration();
        assertThat(function.memorySize()).isEqualTo(256);
        assertThat(function.architecturesAsStrings()).containsExactly("arm64");
        assertThat(function.environment().variables()).containsOnlyKeys("MEMTUNE_OUTPUT_BUCKET");
        String bucket = function.environment().variables().get("MEMTUNE_OUTPUT_BUCKET");
        assertThat(bucket).contains("-memtuneresults-");
        s3.putObject(request -> request.bucket(bucket).key("result.json"), RequestBody.fromString("{}"));

        stacks.remove("collected");
        settle("collected", false);
        assertThat(stacks.state("collected")).isEqualTo(new StackState.Absent());
        assertThat(s3.headObject(request -> request.bucket(bucket).key("result.json")))
                .isNotNull();
    }

    @Test
    void mapsAQueueToTheAliasAtTheConnectionAndNotBefore() {
        deployed("mapped", content("mapped", AlgorithmType.IN));
        assertThat(mappings("mapped")).isEmpty();
        promote("mapped");
        stacks.connect("mapped");
        settle("mapped", false);

        assertThat(mappings("mapped")).singleElement().satisfies(mapping -> {
            assertThat(mapping.functionArn()).endsWith(":function:mapped:prod");
            assertThat(mapping.functionResponseTypesAsStrings()).containsExactly("ReportBatchItemFailures");
        });
    }

    private static List<EventSourceMappingConfiguration> mappings(String function) {
        return lambda.listEventSourceMappings().eventSourceMappings().stream()
                .filter(mapping -> mapping.functionArn().contains(":function:" + function))
                .toList();
    }

    @Test
    void leavesTheAliasWhereItIsWhenItDeploys() {
        AlgorithmItem item = deployed("served", content("served", AlgorithmType.IN));
        promote("served");
        AlgorithmItem later = item.uploaded(
                Items.upload("served", "v2", "0B"),
                new Arrival.Checked(content(AlgorithmType.IN, Map.of("MODE", "other"), List.of())),
                Items.NOW);
        stacks.deploy(later);
        settle("served", false);

        assertThat(stacks.state("served")).isEqualTo(new Deployed(ExecutionName.of(later)));
        assertThat(lambda.getAlias(request -> request.functionName("served").name("prod"))
                        .functionVersion())
                .isEqualTo("1");
    }

    @Test
    void takesNamesThatStacksCannotHave() {
        deployed("snake_case", content("snake_case", AlgorithmType.TRANSFORM));
        deployed("snake-case", content("snake-case", AlgorithmType.TRANSFORM));

        assertThat(lambda.getFunction(request -> request.functionName("snake_case")))
                .isNotNull();
    }

    @Test
    void hasATemplateThatTheLinterTakes() throws IOException, InterruptedException {
        Path template = Path.of("..", "aws/src/main/resources/dev/memtune/aws/stacks/algorithm.template.json");

        Tools.run(
                Path.of("."),
                Map.of(),
                List.of(Tools.SAM.resolveSibling("cfn-lint").toString(), template.toString()));
    }

    @Test
    void refusesToLookUpSecretsForWhoeverUploads() {
        AlgorithmItem item = item(
                "curious",
                content(
                        AlgorithmType.TRANSFORM,
                        Map.of("KEY", "{{resolve:secretsmanager:db:SecretString}}"),
                        List.of()));

        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> stacks.deploy(item))
                .withMessageContaining("must not have CloudFormation's dynamic references");
        assertThat(stacks.state("curious")).isEqualTo(new StackState.Absent());
    }
}
