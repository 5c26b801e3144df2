/** The run store against Amazon's DynamoDB Local, which is the only part of Memtune's tests that it is used for. */
@NullMarked
package dev.memtune.tests.dynamodb;

import org.jspecify.annotations.NullMarked;
