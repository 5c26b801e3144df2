// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.dynamodb;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import dev.memtune.aws.DynamoDbRegistry;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.runs.AwsRunStore;
import dev.memtune.aws.runs.RunStoreSettings;
import dev.memtune.core.registry.ItemForm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Tables with the keys of {@code template.yaml}'s RunTable in a DynamoDB on this machine. */
final class LocalTable implements AutoCloseable {
    static final Duration RETENTION = Duration.ofDays(90);

    private final DynamoDBProxyServer server;
    private final URI endpoint;
    private final DynamoDbClient dynamo;
    private int tables;

    private LocalTable(DynamoDBProxyServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
        this.dynamo = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("memtune", "loopback")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static LocalTable start() throws Exception {
        String port = Integer.toString(freePort());
        DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-disableTelemetry", "-port", port});
        server.start();
        return new LocalTable(server, URI.create("http://127.0.0.1:" + port));
    }

    /** Makes an empty table and returns its name. */
    String create() {
        String name = "runs-" + ++tables;
        dynamo.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("runId"), text("itemKey"))
                .keySchema(key("runId", KeyType.HASH), key("itemKey", KeyType.RANGE)));
        return name;
    }

    /** Makes an empty table with the key of {@code template.yaml}'s RegistryTable, and with a stream; returns its name. */
    String createRegistry() {
        String name = "registry-" + ++tables;
        dynamo.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text(ItemForm.NAME))
                .keySchema(key(ItemForm.NAME, KeyType.HASH))
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        return name;
    }

    /** Opens a registry, as a process does. */
    DynamoDbRegistry openRegistry(String table) {
        return DynamoDbRegistry.of(endpoint(), table);
    }

    /** Everything in a table's stream so far, as Lambda would deliver it: an event in JSON. */
    String stream(String table) {
        try (RegistryStream stream = new RegistryStream(endpoint)) {
            return stream.event(dynamo.describeTable(request -> request.tableName(table))
                    .table()
                    .latestStreamArn());
        }
    }

    private Endpoint endpoint() {
        return new Endpoint.Loopback(endpoint, "us-east-1");
    }

    /** Opens a store, as a process does. */
    AwsRunStore open(String table) {
        return AwsRunStore.of(settings(table, InstantSource.system()));
    }

    /** What opens a table. */
    RunStoreSettings settings(String table, InstantSource clock) {
        return new RunStoreSettings(
                endpoint(), table, RETENTION, clock, duration -> Thread.sleep(duration), new SecureRandom());
    }

    /** Writes an item of texts as somebody else's program would. */
    void put(String table, Map<String, String> item) {
        Map<String, AttributeValue> attributes = item.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> AttributeValue.fromS(one.getValue())));
        dynamo.putItem(request -> request.tableName(table).item(attributes));
    }

    /** Everything in a table. */
    List<Map<String, AttributeValue>> items(String table) {
        return dynamo.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .toList();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        dynamo.close();
        try {
            server.stop();
        } catch (Exception e) {
            // Its method declares no narrower one.
            throw new IllegalStateException("DynamoDB Local does not stop: " + e.getMessage(), e);
        }
    }
}
