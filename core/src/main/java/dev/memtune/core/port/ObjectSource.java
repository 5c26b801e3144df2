// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.wire.S3Location;

/** Reads objects that a user keeps elsewhere. Nothing is ever written. */
@FunctionalInterface
public interface ObjectSource {
    /** Has no objects: for ways in that never name one. */
    ObjectSource NONE = (location, maxBytes) -> {
        throw new Unreadable("this endpoint has no object store");
    };

    /**
     * The whole object.
     *
     * @param maxBytes the most that is read
     * @throws Unreadable if it is not there, may not be read, or is larger
     * @throws LambdaFault.OutcomeUnknown if the store did not answer
     */
    byte[] read(S3Location location, int maxBytes);

    /** The object cannot be read, and trying again will not help. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message why, as a clause */
        public Unreadable(String message) {
            super(message);
        }
    }
}
