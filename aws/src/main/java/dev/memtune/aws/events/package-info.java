// SPDX-License-Identifier: Apache-2.0
/**
 * The events by which AWS calls handlers, read and answered record by record. Needs {@code aws-lambda-java-events} and {@code
 * aws-lambda-java-serialization}, and none of the SDK's clients.
 */
@NullMarked
package dev.memtune.aws.events;

import org.jspecify.annotations.NullMarked;
