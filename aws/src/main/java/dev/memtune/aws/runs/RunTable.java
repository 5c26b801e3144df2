// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import dev.memtune.aws.Faults;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The table, by partition and item. Every reading is consistent. What belongs to a run expires some time after it was
 * written; what outlives runs does not.
 */
final class RunTable {
    /** The partition key: a run, or a list of runs. */
    static final String PARTITION = "runId";
    /** The sort key: what of it. */
    static final String ITEM = "itemKey";
    /** When DynamoDB may delete the item, in seconds since 1970. */
    static final String EXPIRES = "expiresAt";

    private static final String KEY_IS_NEW = "attribute_not_exists(" + PARTITION + ")";
    private static final String KEY_IS_THERE = "attribute_exists(" + PARTITION + ")";

    private final DynamoDbClient dynamo;
    private final String name;
    private final Duration retention;
    private final InstantSource clock;
    private final Insistence insistence;

    RunTable(DynamoDbClient dynamo, String name, Duration retention, InstantSource clock, Insistence insistence) {
        this.dynamo = dynamo;
        this.name = name;
        this.retention = retention;
        this.clock = clock;
        this.insistence = insistence;
    }

    Optional<Map<String, AttributeValue>> get(String partition, String item) {
        Map<String, AttributeValue> found = calling("read", partition, () -> dynamo.getItem(request ->
                        request.tableName(name).key(key(partition, item)).consistentRead(true))
                .item());
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** The items of the partition whose sort key begins so, in the order of that key. */
    List<Map<String, AttributeValue>> query(String partition, String prefix) {
        return calling("read", partition, () -> dynamo
                .queryPaginator(request -> request.tableName(name)
                        .keyConditionExpression(PARTITION + " = :partition AND begins_with(" + ITEM + ", :prefix)")
                        .expressionAttributeValues(Map.of(":partition", text(partition), ":prefix", text(prefix)))
                        .consistentRead(true))
                .items()
                .stream()
                .toList());
    }

    /** Replaces an item. */
    void put(String partition, String item, Map<String, AttributeValue> attributes) {
        calling(
                "write",
                partition,
                () -> dynamo.putItem(request -> request.tableName(name).item(expiring(partition, item, attributes))));
    }

    /** Replaces an item that never expires. */
    void putLasting(String partition, String item, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> whole = new LinkedHashMap<>(attributes);
        whole.putAll(key(partition, item));
        calling(
                "write",
                partition,
                () -> dynamo.putItem(request -> request.tableName(name).item(whole)));
    }

    /** Writes an item unless it is there; false if it is. */
    boolean putNew(String partition, String item, Map<String, AttributeValue> attributes) {
        return calling(
                "write",
                partition,
                () -> isDone(() -> dynamo.putItem(request -> request.tableName(name)
                        .item(expiring(partition, item, attributes))
                        .conditionExpression(KEY_IS_NEW))));
    }

    /** Writes an item that never expires if a condition holds; false if it does not. */
    boolean putLastingIf(
            String partition,
            String item,
            Map<String, AttributeValue> attributes,
            String condition,
            Map<String, AttributeValue> values) {
        Map<String, AttributeValue> whole = new LinkedHashMap<>(attributes);
        whole.putAll(key(partition, item));
        return calling(
                "write",
                partition,
                () -> isDone(() -> dynamo.putItem(request -> request.tableName(name)
                        .item(whole)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))));
    }

    /** Deletes an item if a condition holds; false if it does not. */
    boolean deleteIf(String partition, String item, String condition, Map<String, AttributeValue> values) {
        return calling(
                "write",
                partition,
                () -> isDone(() -> dynamo.deleteItem(request -> request.tableName(name)
                        .key(key(partition, item))
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))));
    }

    private static boolean isDone(Runnable conditional) {
        try {
            conditional.run();
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    void delete(String partition, String item) {
        calling(
                "write",
                partition,
                () -> dynamo.deleteItem(request -> request.tableName(name).key(key(partition, item))));
    }

    /** Replaces an attribute of an item; false if there is no such item. */
    boolean replace(String partition, String item, String attribute, AttributeValue value) {
        return calling(
                "write",
                partition,
                () -> isDone(() -> dynamo.updateItem(request -> request.tableName(name)
                        .key(key(partition, item))
                        .updateExpression("SET " + attribute + " = :value")
                        .conditionExpression(KEY_IS_THERE)
                        .expressionAttributeValues(Map.of(":value", value)))));
    }

    /** Adds one to a number of an item and returns it; empty if there is no such item. */
    Optional<Long> increment(String partition, String item, String attribute) {
        return calling("write", partition, () -> {
            try {
                Map<String, AttributeValue> updated = dynamo.updateItem(request -> request.tableName(name)
                                .key(key(partition, item))
                                .updateExpression("ADD " + attribute + " :one")
                                .conditionExpression(KEY_IS_THERE)
                                .expressionAttributeValues(Map.of(":one", number(1)))
                                .returnValues("UPDATED_NEW"))
                        .attributes();
                return Optional.of(value(updated, attribute));
            } catch (ConditionalCheckFailedException e) {
                return Optional.empty();
            }
        });
    }

    /** Makes all writes or, if a condition does not hold, none of them; says which. */
    boolean writeAll(String partition, List<TransactWriteItem> writes) {
        return calling("write", partition, () -> {
            try {
                dynamo.transactWriteItems(request -> request.transactItems(writes));
                return true;
            } catch (TransactionCanceledException e) {
                if (e.cancellationReasons().stream()
                        .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Part of {@link #writeAll}: a new item. */
    TransactWriteItem newItem(String partition, String item, Map<String, AttributeValue> attributes) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name)
                        .item(expiring(partition, item, attributes))
                        .conditionExpression(KEY_IS_NEW))
                .build();
    }

    /** Part of {@link #writeAll}: an item that never expires, there or not. */
    TransactWriteItem lastingItem(String partition, String item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(key(partition, item)))
                .build();
    }

    /** Part of {@link #writeAll}: an item that is not there afterwards. */
    TransactWriteItem noItem(String partition, String item) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(name).key(key(partition, item)))
                .build();
    }

    /** Part of {@link #writeAll}: a changed item. */
    TransactWriteItem changedItem(Update.Builder update, String partition, String item) {
        return TransactWriteItem.builder()
                .update(update.tableName(name).key(key(partition, item)).build())
                .build();
    }

    void close() {
        dynamo.close();
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    /** A number of an item. */
    static long value(Map<String, AttributeValue> item, String attribute) {
        return Long.parseLong(
                Objects.requireNonNull(item.get(attribute), attribute).n());
    }

    private static Map<String, AttributeValue> key(String partition, String item) {
        return Map.of(PARTITION, text(partition), ITEM, text(item));
    }

    private Map<String, AttributeValue> expiring(
            String partition, String item, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> whole = new LinkedHashMap<>(attributes);
        whole.putAll(key(partition, item));
        whole.put(EXPIRES, number(clock.instant().plus(retention).getEpochSecond()));
        return whole;
    }

    private <T> T calling(String verb, String partition, Supplier<T> call) {
        try {
            return insistence.call(call);
        } catch (ResourceNotFoundException e) {
            FileNotFoundException missing = new FileNotFoundException(name);
            missing.initCause(e);
            throw new UncheckedIOException("there is no table " + name + ": " + e.getMessage(), missing);
        } catch (SdkException e) {
            throw new UncheckedIOException(
                    "cannot " + verb + " run " + partition + " in table " + name + ": " + Faults.reason("DynamoDB", e),
                    new IOException(e));
        }
    }
}
