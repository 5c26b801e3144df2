// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Puts the files of a package where its runtime finds them once deployed. What is in {@code packages/} goes to the folder
 * that the runtime searches; {@code handler.jar} goes to {@code lib/}, and nothing else of a Java package that has one;
 * {@code handler} of a {@code provided} package becomes the executable {@code bootstrap}; {@code tests/} and
 * {@code metadata.json} stay behind.
 */
final class CodeLayout {
    static final String METADATA = "metadata.json";
    static final String DEPENDENCIES = "packages/";
    private static final String JAR = "handler.jar";
    private static final String BOOTSTRAP = "bootstrap";
    private static final String NPM_FOLDER = "node_modules/";

    private final RuntimeFamily family;
    private final NavigableMap<String, PackageFile> code = new TreeMap<>();
    private final List<Problem> problems;

    private CodeLayout(RuntimeFamily family, List<Problem> problems) {
        this.family = family;
        this.problems = problems;
    }

    /** The code by its deployed path; what is wrong is added to {@code problems}. */
    static NavigableMap<String, PackageFile> deployed(
            PackageFiles files, RuntimeFamily family, List<Problem> problems) {
        CodeLayout layout = new CodeLayout(family, problems);
        boolean jarOnly = family == RuntimeFamily.JAVA && files.byPath().containsKey(JAR);
        files.byPath().forEach((path, file) -> {
            if (!isLeftOut(path) && (!jarOnly || path.equals(JAR))) {
                layout.put(file, layout.ownPath(path));
            }
        });
        files.below(DEPENDENCIES).forEach((path, file) -> layout.putDependency(file, path));
        return layout.code;
    }

    private static boolean isLeftOut(String path) {
        return path.equals(METADATA) || path.startsWith(TestEvents.FOLDER) || path.startsWith(DEPENDENCIES);
    }

    private String ownPath(String path) {
        return switch (family) {
            case JAVA -> path.equals(JAR) ? family.dependencyFolder() + JAR : path;
            case PROVIDED -> path.equals("handler") ? BOOTSTRAP : path;
            case NODE, PYTHON -> path;
        };
    }

    private void putDependency(PackageFile file, String path) {
        switch (family) {
            case JAVA -> putJar(file, path);
            // "npm install --prefix packages" makes a node_modules/ of its own there.
            case NODE ->
                put(file, NPM_FOLDER + (path.startsWith(NPM_FOLDER) ? path.substring(NPM_FOLDER.length()) : path));
            case PROVIDED, PYTHON -> put(file, family.dependencyFolder() + path);
        }
    }

    private void putJar(PackageFile file, String path) {
        if (!path.endsWith(".jar") || path.indexOf('/') >= 0) {
            problems.add(new Problem(
                    file.path(),
                    "must be a jar directly in packages/, because Java on Lambda finds no other",
                    "'" + path + "'",
                    "Put jars there and nothing else"));
            return;
        }
        put(file, family.dependencyFolder() + path);
    }

    private void put(PackageFile file, String path) {
        PackageFile placed = file.at(path);
        PackageFile other = code.putIfAbsent(
                path, path.equals(BOOTSTRAP) && family == RuntimeFamily.PROVIDED ? placed.asExecutable() : placed);
        if (other != null) {
            problems.add(new Problem(
                    file.path(),
                    "must not have the place of another file once deployed",
                    "two files for " + path,
                    "Rename or remove one of them"));
        }
    }
}
