// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Takes in files one by one while a package is read, refuses what may not be in it, and keeps count. Not thread-safe. */
final class FileCollector {
    private final PackageLimits limits;
    private final NavigableMap<String, PackageFile> files = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long unpackedBytes;

    FileCollector(PackageLimits limits) {
        this.limits = limits;
    }

    /** Counts bytes that are about to be read; false, with a problem listed, if they would pass the bound. */
    boolean reserve(long bytes) {
        if (bytes > limits.unpackedBytes() - unpackedBytes) {
            refuse(new Problem(
                    "package",
                    "must unpack to at most " + limits.unpackedBytes() + " bytes",
                    "more than " + limits.unpackedBytes() + " bytes",
                    "Leave out what the function does not need, or move it to a layer"));
            return false;
        }
        unpackedBytes += bytes;
        return true;
    }

    /** False, with a problem listed, if there are too many files. */
    boolean admits(int count) {
        if (count <= limits.files()) {
            return true;
        }
        refuse(new Problem(
                "package",
                "must have at most " + limits.files() + " files",
                count + " or more",
                "Leave out what the function does not need"));
        return false;
    }

    void add(PackageFile file) {
        files.put(file.path(), file);
    }

    void refuse(Problem problem) {
        problems.add(problem);
    }

    int count() {
        return files.size();
    }

    PackageFiles collected() {
        return new PackageFiles(files, problems);
    }
}
