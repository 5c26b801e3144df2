// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/** Where the results of an algorithm of type {@link AlgorithmType#OUT} go. */
public enum AlgorithmOutput {
    /** A queue of Amazon SQS, made with the function. */
    QUEUE,
    /** A bucket of Amazon S3, made with the function. */
    BUCKET
}
