// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The kinds of runtime that packages can be written for. Identifiers are matched by their form, so that a new version of a
 * runtime needs no new release: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">Lambda runtimes</a>.
 */
public enum RuntimeFamily {
    /** {@code java21}, {@code java17.al2023}: jars are found in {@code lib/}. */
    JAVA("java[0-9]{1,2}(\\.al2|\\.al2023)?", "lib/"),
    /** {@code nodejs22.x}: modules are found in {@code node_modules/}. */
    NODE("nodejs[0-9]{2}\\.x", "node_modules/"),
    /** {@code provided.al2023}: shared libraries are found at the root. */
    PROVIDED("provided\\.(al2|al2023)", ""),
    /** {@code python3.12}: modules are found at the root, the only place of a package on Python's path. */
    PYTHON("python3\\.[0-9]{1,2}", "");

    private final Pattern form;
    private final String dependencyFolder;

    RuntimeFamily(String form, String dependencyFolder) {
        this.form = Pattern.compile(form);
        this.dependencyFolder = dependencyFolder;
    }

    /** The family of a runtime identifier, empty if it has none of the known forms. */
    public static Optional<RuntimeFamily> of(String runtime) {
        return Arrays.stream(values())
                .filter(family -> family.form.matcher(runtime).matches())
                .findFirst();
    }

    /** Where, in deployed code, this family looks for what a package holds in {@code packages/}; empty for the root. */
    String dependencyFolder() {
        return dependencyFolder;
    }
}
