/**
 * The embedded Lambda service: Lambda's REST API on loopback, with AWS's semantics, executing through a
 * {@code FunctionRunner}. Entry point: {@code EmbeddedLambda}.
 */
@NullMarked
package dev.memtune.local.service;

import org.jspecify.annotations.NullMarked;
