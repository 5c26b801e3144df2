/**
 * The run store in a DynamoDB table. {@link dev.memtune.aws.runs.AwsRunStore} is the entry point; needs the SDK's {@code
 * dynamodb}.
 */
@NullMarked
package dev.memtune.aws.runs;

import org.jspecify.annotations.NullMarked;
