// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import java.nio.file.Path;

/**
 * What is where in a watched folder. Everything is in it, so that it can be moved, and thrown away, as a whole.
 *
 * @param drop the folder where zips are dropped
 */
public record WatchedFolder(Path drop) {
    /** Where results are, beside the zips. */
    static final String RESULTS = "results";

    /** Makes the path absolute. */
    public WatchedFolder {
        drop = drop.toAbsolutePath().normalize();
    }

    /** Where functions and runs are kept, as other commands' {@code --data} takes it. */
    public Path state() {
        return drop.resolve(".memtune");
    }

    /** Where the items are. */
    public Path registry() {
        return state().resolve("registry");
    }

    /** Says where the service answers on which the functions are, while the folder is watched. */
    Path service() {
        return state().resolve("service");
    }

    /** Where the results of an algorithm are. */
    public Path results(String name) {
        return drop.resolve(RESULTS).resolve(name);
    }

    Path shelf() {
        return state().resolve("shelf");
    }

    Path executions() {
        return state().resolve("executions");
    }

    Path stacks() {
        return state().resolve("stacks");
    }

    Path cursor(String reader) {
        return state().resolve("cursors").resolve(reader);
    }
}
