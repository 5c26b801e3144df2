// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.subject;

import dev.memtune.core.algorithm.AlgorithmPackage;
import java.util.Objects;

/** What is to be tuned. */
public sealed interface TuningTarget {

    /** The name to show. */
    String name();

    /**
     * Code on this machine, to be deployed to the embedded service.
     *
     * @param algorithm the checked package
     */
    record Local(AlgorithmPackage algorithm) implements TuningTarget {
        /** Checks that nothing is null. */
        public Local {
            Objects.requireNonNull(algorithm, "algorithm");
        }

        @Override
        public String name() {
            return algorithm.name();
        }
    }

    /**
     * A function that is deployed already.
     *
     * @param name its name or ARN, possibly qualified
     */
    record Deployed(String name) implements TuningTarget {
        /** Checks that nothing is null. */
        public Deployed {
            Objects.requireNonNull(name, "name");
        }
    }
}
