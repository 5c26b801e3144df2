// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for paths inside a package, the same for folders and zips. */
final class FilePath {
    private static final int MAX_CHARS = 1_024;
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*");
    private static final Pattern CONTROL = Pattern.compile(".*\\p{Cntrl}.*", Pattern.DOTALL);

    /** Left behind by tools, at any depth; never part of a function. */
    private static final Set<String> IGNORED_NAMES = Set.of(
            ".aws-sam",
            ".DS_Store",
            ".git",
            ".gitignore",
            ".idea",
            ".memtune",
            ".mypy_cache",
            ".pytest_cache",
            ".venv",
            ".vscode",
            "__MACOSX",
            "__pycache__");

    private FilePath() {}

    /** Whether the path is, or lies in, something that is left out of every package without a word. */
    static boolean isIgnored(String path) {
        return Arrays.stream(path.split("/")).anyMatch(IGNORED_NAMES::contains)
                || ("/" + path + "/").contains("/node_modules/.cache/");
    }

    /** What is wrong with a path, if anything; a folder's path may end with {@code /}. */
    static Optional<Problem> problemOf(String path) {
        if (path.isEmpty() || path.length() > MAX_CHARS) {
            return problem(path, "must have a name of 1 to " + MAX_CHARS + " characters");
        }
        if (CONTROL.matcher(path).matches()) {
            return problem(path, "must have no control characters in its name");
        }
        if (path.indexOf('\\') >= 0) {
            return problem(path, "must have no backslash in its name");
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            return problem(path, "must have a path relative to the package");
        }
        boolean climbs = Arrays.stream(path.split("/"))
                .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        return climbs ? problem(path, "must have a plain path, without '..', '.' or empty names") : Optional.empty();
    }

    private static Optional<Problem> problem(String path, String rule) {
        return Optional.of(
                new Problem("file", rule, "'" + path + "'", "Rename it, and pack again from inside the folder"));
    }
}
