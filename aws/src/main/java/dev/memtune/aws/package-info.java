/**
 * Adapters of {@code core}'s ports to the AWS SDK for Java. The only module that knows the SDK. {@link
 * dev.memtune.aws.LambdaClients} is the entry point.
 */
@NullMarked
package dev.memtune.aws;

import org.jspecify.annotations.NullMarked;
