// SPDX-License-Identifier: Apache-2.0
/**
 * The events by which AWS calls handlers, read and answered record by record. Needs {@code aws-lambda-java-events}, and none of the
 * SDK's clients. What is needed of an event is read by its name: AWS's own reader of its events, which the tests compare with,
 * would be a sixth of a package.
 */
@NullMarked
package dev.memtune.aws.events;

import org.jspecify.annotations.NullMarked;
