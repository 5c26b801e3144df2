// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.aws.Access;
import dev.memtune.aws.DynamoDbRegistry;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.S3UploadShelf;
import dev.memtune.aws.stacks.StackOutputs;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.wire.Json;
import dev.memtune.intake.Intake;
import dev.memtune.tests.cli.ChildCli;
import dev.memtune.tests.cli.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * What people see of the uploads of a stack: its outputs, bucket and table are those of an independent emulator, and what its
 * steps do to the items happens here.
 */
class StackUploadsTest {
    private static final String REGION = "us-east-1";
    private static final String STACK = "memtune";
    private static final String TEMPLATE = """
            {"Resources": {
              "UploadBucket": {"Type": "AWS::S3::Bucket",
                "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}},
              "RegistryTable": {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "name", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "name", "KeyType": "HASH"}]}}},
             "Outputs": {"UploadBucketName": {"Value": {"Ref": "UploadBucket"}},
                         "RegistryTableName": {"Value": {"Ref": "RegistryTable"}}}}
            """;
    private static final String QUEUE = "{\"Resources\": {\"Queue\": {\"Type\": \"AWS::SQS::Queue\"}}, \"Outputs\": ";
    private static final String WITHOUT_UPLOADS = QUEUE + "{\"RunTableName\": {\"Value\": \"runs\"}}}";
    private static final String LOST = QUEUE
            + "{\"UploadBucketName\": {\"Value\": \"lost-bucket\"}, \"RegistryTableName\": {\"Value\": \"lost-table\"}}}";

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int POLLS_MAX = 1_000;

    private static Emulator emulator;
    private static S3Client s3;
    private static DynamoDbRegistry registry;
    private static S3UploadShelf shelf;
    private static String bucket;

    @TempDir
    private Path folder;

    private ChildCli cli;

    @BeforeAll
    static void start() throws IOException {
        Tools.require();
        emulator = Emulator.startOpen();
        Endpoint endpoint = new Endpoint.Loopback(emulator.gateway(), REGION);
        try (CloudFormationClient stacks =
                Access.to(endpoint).configure(CloudFormationClient.builder()).build()) {
            stacks.createStack(request -> request.stackName(STACK).templateBody(TEMPLATE));
            stacks.createStack(request -> request.stackName("bare").templateBody(WITHOUT_UPLOADS));
            stacks.createStack(request -> request.stackName("lost").templateBody(LOST));
        }
        for (String stack : List.of(STACK, "bare", "lost")) {
            await("the stack " + stack, () -> !StackOutputs.of(endpoint, stack).isEmpty());
        }
        Map<String, String> outputs = StackOutputs.of(endpoint, STACK);
        bucket = Objects.requireNonNull(outputs.get("UploadBucketName"));
        registry = DynamoDbRegistry.of(endpoint, Objects.requireNonNull(outputs.get("RegistryTableName")));
        shelf = S3UploadShelf.of(endpoint, bucket);
        s3 = Access.to(endpoint)
                .configure(S3Client.builder().forcePathStyle(true))
                .build();
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            s3.close();
            shelf.close();
            registry.close();
            emulator.close();
        }
    }

    @BeforeEach
    void prepare() {
        cli = new ChildCli(folder, Map.of("AWS_ACCESS_KEY_ID", "somebody", "AWS_SECRET_ACCESS_KEY", "something"));
    }

    /** A command with the options that say where the stack is; buckets of localhost have no names of their own. */
    private static String[] on(String stack, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--stack", stack, "--region", REGION, "--endpoint-url"));
        all.add("http://localhost:" + emulator.gateway().getPort());
        return all.toArray(String[]::new);
    }

    private Result launch(String... command) throws IOException, InterruptedException {
        return cli.launch(on(STACK, command));
    }

    private Path zip(String file, String name, String runtime) throws IOException {
        Path path = folder.resolve(file + ".zip");
        try (OutputStream out = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            member(zip, "metadata.json", "{\"name\": \"" + name + "\", \"runtime\": \"" + runtime + "\"}");
            member(zip, "handler.py", "def handler(event, context):\n    return event\n");
            member(zip, "tests/one.json", "{\"n\": 1}");
        }
        return path;
    }

    private static void member(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private ChildCli.Running upload(Path zip) throws IOException {
        return cli.start(on(STACK, "upload", zip.toString()));
    }

    private static List<ObjectVersion> versions(String name) {
        return s3.listObjectVersions(request -> request.bucket(bucket).prefix("uploads/" + name + ".zip"))
                .versions();
    }

    /** What intake makes of the latest of so many uploads. */
    private static AlgorithmItem takenIn(String name, int uploads) {
        await("upload " + uploads + " of " + name, () -> versions(name).size() == uploads);
        ObjectVersion latest = versions(name).stream()
                .filter(ObjectVersion::isLatest)
                .findFirst()
                .orElseThrow();
        Intake intake = new Intake(shelf, registry, new AlgorithmPackages(PackageLimits.defaults()), () -> Items.NOW);
        return intake.take(new Upload(bucket, latest.key(), latest.versionId(), "0" + uploads))
                .orElseThrow();
    }

    private static AlgorithmItem written(AlgorithmItem item) {
        assertThat(registry.put(item)).isTrue();
        return item;
    }

    /** The item after a tuning that promoted it. */
    private static AlgorithmItem promoted(AlgorithmItem item) {
        AlgorithmItem tuned = written(written(item.moved(AlgorithmStatus.READY, "deployed", Items.NOW))
                .moved(AlgorithmStatus.TUNING, "", Items.NOW));
        return written(tuned.tuned(
                AlgorithmStatus.PROMOTED, Items.summary(ExecutionName.of(tuned), "512 MB is cheapest."), Items.NOW));
    }

    private static void awaitWords(ChildCli.Running command, String words) {
        await(words, () -> {
            try {
                return Files.readString(command.err()).contains(words);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void await(String what, BooleanSupplier isThere) {
        for (int poll = 0; poll < POLLS_MAX; poll++) {
            if (isThere.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        fail(what + " must be there in time");
    }

    @Test
    void sendsAZipAndFollowsItToProduction() throws Exception {
        Path zip = zip("alpha", "alpha", "python3.12");
        ChildCli.Running running = upload(zip);
        AlgorithmItem item = takenIn("alpha", 1);
        awaitWords(running, "alpha: UPLOADED");
        promoted(item);

        Result result = running.await();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("alpha: PROMOTED since")
                .contains("version " + item.upload().versionId(), "best 512 MB", "512 MB is cheapest.");
        assertThat(result.err()).contains("alpha: sent to bucket " + bucket);
        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("uploads/alpha.zip"))
                        .asByteArray())
                .isEqualTo(Files.readAllBytes(zip));
    }

    @Test
    void tellsAnUploadFromEarlierOnesOfTheSameBytes() throws Exception {
        Path zip = zip("again", "again", "python3.12");
        ChildCli.Running first = upload(zip);
        promoted(takenIn("again", 1));
        assertThat(first.await().exitCode()).isZero();

        ChildCli.Running second = upload(zip);
        AlgorithmItem item = takenIn("again", 2);
        awaitWords(second, "again: UPLOADED");
        written(item.refused(AlgorithmStatus.REJECTED, List.of("one.json fails at every size"), Items.NOW));

        Result result = second.await();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.out()).contains("problem   one.json fails").doesNotContain("again: PROMOTED");
    }

    @Test
    void saysWhenALaterUploadHasTakenThePlace() throws Exception {
        ChildCli.Running running = upload(zip("late", "late", "python3.12"));
        AlgorithmItem item = takenIn("late", 1);
        awaitWords(running, "late: UPLOADED");
        written(item.uploaded(
                new Upload(bucket, item.upload().key(), "somebody-else's", "02"), Items.checked("late"), Items.NOW));

        Result result = running.await();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("late: a later upload has taken its place; see: memtune status late --stack");
    }

    @Test
    void refusesABadZipBeforeAnythingIsSent() throws Exception {
        Result bad = launch("upload", zip("bad", "bad", "python1").toString());
        assertThat(bad.exitCode()).isEqualTo(2);
        assertThat(bad.err()).contains("memtune: runtime", "python1");
        Result other = launch("upload", zip("misnamed", "other", "python3.12").toString());
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("name: must be the zip's own name, misnamed", "Rename the zip to other.zip");

        assertThat(versions("bad")).isEmpty();
        assertThat(versions("misnamed")).isEmpty();
    }

    @Test
    void saysHowFarTheUploadsOfAStackHaveCome() throws Exception {
        written(Items.uploaded("known"));
        promoted(written(Items.uploaded("served")));

        Result all = launch("status");
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.out()).containsPattern("known +UPLOADED").containsPattern("served +PROMOTED +512 MB");
        assertThat(launch("status", "served").out())
                .contains(
                        "served: PROMOTED since",
                        "prod      version 7",
                        "report    https://lambda-power-tuning.show/#");
        JsonNode document = Json.tree(launch("status", "known", "--json").out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("upload").path("versionId").asText()).isEqualTo("v1");
        assertThat(launch("history", "served").out().lines())
                .hasSize(4)
                .last()
                .asString()
                .contains("PROMOTED", "512 MB is cheapest.");
        Result nobody = launch("history", "nobody");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("NAME: must be an algorithm that was uploaded");
    }

    @Test
    void saysWhatIsWrongWithAStack() throws Exception {
        Result missing = cli.launch(on("missing", "status"));
        assertThat(missing.exitCode()).as(missing.err()).isEqualTo(2);
        assertThat(missing.err()).contains("--stack: must be a stack of this account and region", "missing");
        Result bare = cli.launch(on("bare", "status"));
        assertThat(bare.exitCode()).as(bare.err()).isEqualTo(2);
        assertThat(bare.err()).contains("--stack: must have the outputs RegistryTableName", "Uploads=true");

        Result unread = cli.launch(on("lost", "status"));
        assertThat(unread.exitCode()).as(unread.err()).isEqualTo(6);
        assertThat(unread.err())
                .contains("cannot read the registry in table lost-table")
                .doesNotContain("defect");
        Result unsent = cli.launch(
                on("lost", "upload", zip("gone", "gone", "python3.12").toString()));
        assertThat(unsent.exitCode()).as(unsent.err()).isEqualTo(6);
        assertThat(unsent.err()).contains("NoSuchBucket").doesNotContain("defect");
    }
}
