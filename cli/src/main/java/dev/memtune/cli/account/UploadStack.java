// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import dev.memtune.aws.DynamoDbRegistry;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.S3UploadShelf;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.Registry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A deployed stack that takes uploads.
 *
 * @param name the stack's
 * @param endpoint where it is
 * @param table its registry's
 * @param bucket where uploads arrive
 * @param runTable its run store's; empty if it does not say
 */
public record UploadStack(String name, Endpoint endpoint, String table, String bucket, String runTable) {
    /** Checks that nothing is null. */
    public UploadStack {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(runTable, "runTable");
    }

    /**
     * Something that a registry is asked.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    public interface Question<T> {
        /** Asks it. */
        T of(Registry registry) throws InterruptedException;
    }

    /**
     * Asks its registry.
     *
     * @throws LambdaFault if the table does not answer, is not there, or may not be read
     */
    public <T> T ask(Question<T> question) throws InterruptedException {
        try (DynamoDbRegistry registry = DynamoDbRegistry.of(endpoint, table)) {
            return question.of(registry);
        } catch (UncheckedIOException e) {
            throw new LambdaFault.OutcomeUnknown(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Sends it a zip.
     *
     * @param algorithm its name
     * @return the version of the upload
     * @throws LambdaFault if the bucket refuses it, or does not answer
     */
    public String send(String algorithm, Path zip) {
        try (S3UploadShelf shelf = S3UploadShelf.of(endpoint, bucket)) {
            return shelf.upload(algorithm, zip);
        }
    }
}
