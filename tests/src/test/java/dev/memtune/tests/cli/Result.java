// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

/**
 * How a command ended.
 *
 * @param exitCode its exit code
 * @param out all of standard output
 * @param err all of standard error
 */
public record Result(int exitCode, String out, String err) {}
