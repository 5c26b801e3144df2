// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import picocli.CommandLine.Option;

/** What a command asks and tells while it measures. */
final class DialogueOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask before a function in an account is invoked, changed and paid for.")
    private boolean yes;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints the result only, no progress.")
    private boolean quiet;

    boolean yes() {
        return yes;
    }

    boolean quiet() {
        return quiet;
    }
}
