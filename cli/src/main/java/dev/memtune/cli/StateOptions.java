// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command keeps its runs and functions. */
public final class StateOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of runs and functions. Default: $XDG_STATE_HOME/memtune.")
    private @Nullable Path data;

    /** Whether the option is given. */
    boolean isGiven() {
        return data != null;
    }

    /** The home that the option names, or the installation's own. */
    public Home home(Home installation) {
        return data == null ? installation : installation.withState(data);
    }
}
