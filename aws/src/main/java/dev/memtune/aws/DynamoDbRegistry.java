// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The registry as a DynamoDB table, an item each in the form of {@link ItemForm}; the table's stream tells its changes. Any
 * trouble with the table is an {@link UncheckedIOException}.
 *
 * <p>Two writers who made the same next state of an item cannot be told apart from one whose answer was lost, so a write that
 * took effect may say that it did not: whoever reads again finds that there is nothing left to do.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html">Conditions</a>
 */
public final class DynamoDbRegistry implements Registry, AutoCloseable {
    private static final String REVISION = "#revision";
    private static final String IS_NEW = "attribute_not_exists(" + REVISION + ")";
    private static final String IS_AT = REVISION + " = :revision";
    /** Names in expressions may not be words of DynamoDB's own. */
    private static final Map<String, String> NAMES = Map.of(REVISION, ItemForm.REVISION);

    private final DynamoDbClient dynamo;
    private final String table;
    private final Access access;

    private DynamoDbRegistry(DynamoDbClient dynamo, String table, Access access) {
        this.dynamo = dynamo;
        this.table = Objects.requireNonNull(table, "table");
        this.access = access;
    }

    /** The registry in a table; no connection is made yet. */
    public static DynamoDbRegistry of(Endpoint endpoint, String table) {
        Access access = Access.to(endpoint);
        return new DynamoDbRegistry(
                access.configure(Waiting.SHORT.configure(DynamoDbClient.builder()))
                        .build(),
                table,
                access);
    }

    @Override
    public Optional<AlgorithmItem> find(String name) {
        Map<String, AttributeValue> found = calling("read", () -> dynamo.getItem(
                        request -> request.tableName(table).key(key(name)).consistentRead(true))
                .item());
        return found.isEmpty() ? Optional.empty() : Optional.of(item(found));
    }

    @Override
    public List<AlgorithmItem> all() {
        return calling(
                "read",
                () -> dynamo.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                        .map(this::item)
                        .sorted(Comparator.comparing(AlgorithmItem::name))
                        .toList());
    }

    @Override
    public boolean put(AlgorithmItem item) {
        boolean isFirst = item.revision() == 1;
        return conditional(() -> dynamo.putItem(request -> {
            request.tableName(table)
                    .item(attributes(item))
                    .conditionExpression(isFirst ? IS_NEW : IS_AT)
                    .expressionAttributeNames(NAMES);
            if (!isFirst) {
                request.expressionAttributeValues(revision(item.revision() - 1));
            }
        }));
    }

    @Override
    public boolean remove(String name, long revision) {
        return conditional(() -> dynamo.deleteItem(request -> request.tableName(table)
                .key(key(name))
                .conditionExpression(IS_AT)
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(revision(revision))));
    }

    @Override
    public void close() {
        dynamo.close();
        access.close();
    }

    private boolean conditional(Runnable write) {
        return calling("write", () -> {
            try {
                write.run();
                return true;
            } catch (ConditionalCheckFailedException e) {
                return false;
            }
        });
    }

    private AlgorithmItem item(Map<String, AttributeValue> attributes) {
        try {
            AttributeValue document = Objects.requireNonNull(attributes.get(ItemForm.DOCUMENT), ItemForm.DOCUMENT);
            return Json.read(document.s(), AlgorithmItem.class);
        } catch (RuntimeException e) {
            AttributeValue name = attributes.get(ItemForm.NAME);
            throw new UncheckedIOException(
                    "the registry in table " + table + " has an item " + (name == null ? "without a name" : name.s())
                            + " that Memtune has not written: put it right, or delete it",
                    new IOException(e));
        }
    }

    private static Map<String, AttributeValue> attributes(AlgorithmItem item) {
        Map<String, AttributeValue> attributes = new HashMap<>(key(item.name()));
        attributes.put(ItemForm.STATUS, AttributeValue.fromS(item.status().name()));
        attributes.put(ItemForm.REVISION, AttributeValue.fromN(Long.toString(item.revision())));
        attributes.put(ItemForm.DOCUMENT, AttributeValue.fromS(Json.write(item)));
        return attributes;
    }

    private static Map<String, AttributeValue> key(String name) {
        return Map.of(ItemForm.NAME, AttributeValue.fromS(name));
    }

    private static Map<String, AttributeValue> revision(long revision) {
        return Map.of(":revision", AttributeValue.fromN(Long.toString(revision)));
    }

    private <T> T calling(String verb, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new UncheckedIOException(
                    "cannot " + verb + " the registry in table " + table + ": " + Faults.reason("DynamoDB", e),
                    new IOException(e));
        }
    }
}
