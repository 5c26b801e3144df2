/**
 * The outcomes that an operator must act on. The class names are public API: AWS Lambda reports them as the error type, and
 * the state machine's Retry and Catch match on them.
 */
@NullMarked
package dev.memtune.core.failure;

import org.jspecify.annotations.NullMarked;
