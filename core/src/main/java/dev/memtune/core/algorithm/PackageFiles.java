// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a folder or a zip held: the files that could be read, by path, and a problem for each thing that could not.
 *
 * @param byPath sorted by path
 * @param problems empty if everything was read
 */
record PackageFiles(NavigableMap<String, PackageFile> byPath, List<Problem> problems) {
    PackageFiles {
        byPath = Collections.unmodifiableNavigableMap(new TreeMap<>(byPath));
        problems = List.copyOf(problems);
    }

    static PackageFiles unreadable(Problem problem) {
        return new PackageFiles(new TreeMap<>(), List.of(problem));
    }

    /** The files below a folder, by their paths relative to it; {@code folder} ends with {@code /}. */
    NavigableMap<String, PackageFile> below(String folder) {
        NavigableMap<String, PackageFile> found = new TreeMap<>();
        byPath.forEach((path, file) -> {
            if (path.startsWith(folder)) {
                found.put(path.substring(folder.length()), file);
            }
        });
        return found;
    }
}
