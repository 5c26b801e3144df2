// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where things are on this machine.
 *
 * @param installation the checkout or installation folder: {@code samples/} is in it
 * @param state where runs and functions are kept between commands
 */
public record Home(Path installation, Path state) {
    /** Checks that nothing is null. */
    public Home {
        Objects.requireNonNull(installation, "installation");
        Objects.requireNonNull(state, "state");
    }

    /** As the launcher and the environment say. */
    public static Home ofProcess() {
        return of(
                Path.of(System.getProperty("memtune.home", "")).toAbsolutePath(),
                System.getenv(),
                Path.of(System.getProperty("user.home")));
    }

    /**
     * By the XDG base directories: {@code $XDG_STATE_HOME/memtune}, else {@code ~/.local/state/memtune}.
     *
     * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory Specification</a>
     */
    static Home of(Path installation, Map<String, String> environment, Path user) {
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : user.resolve(".local").resolve("state");
        return new Home(installation, base.resolve("memtune"));
    }

    /** This home with its state somewhere else. */
    public Home withState(Path elsewhere) {
        return new Home(installation, elsewhere.toAbsolutePath());
    }
}
