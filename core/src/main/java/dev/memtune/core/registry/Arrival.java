// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.List;
import java.util.Objects;

/** What an upload was found to be when it arrived. */
public sealed interface Arrival {

    /**
     * A package without a fault.
     *
     * @param content what it holds
     */
    record Checked(UploadContent content) implements Arrival {
        /** Checks that there is content. */
        public Checked {
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * A package that cannot be deployed.
     *
     * @param problems everything that is wrong with it, a line each, at least one
     */
    record Refused(List<String> problems) implements Arrival {
        /** Copies the list. */
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a refused upload must have a problem, got none");
            }
        }
    }
}
