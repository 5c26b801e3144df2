// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.util.List;

/** What became of reading a package. */
public sealed interface PackageReading {

    /**
     * A package without a fault.
     *
     * @param algorithm the package
     */
    record Accepted(AlgorithmPackage algorithm) implements PackageReading {}

    /**
     * A package that is refused.
     *
     * @param problems everything that is wrong with it, at least one
     */
    record Rejected(List<Problem> problems) implements PackageReading {
        /** @throws IllegalArgumentException if there are no problems */
        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a rejected package must have a problem, got none");
            }
        }
    }
}
