// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.wire.S3Location;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.util.List;

/** Fetches the events that an input keeps in S3: once per run, before anything is changed. */
final class RemotePayload {
    /** Several events of Lambda's 6 MB at most, and what the run store can take in chunks. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final ObjectSource objects;

    RemotePayload(ObjectSource objects) {
        this.objects = objects;
    }

    /** The input with its events, fetched if they are elsewhere. @throws BadInput if they cannot be had or break rules */
    TuningInput fetched(TuningInput input) {
        S3Location location = input.procedure().payloadS3();
        if (location == null) {
            return input;
        }
        try {
            return TuningInputReader.withObject(input, objects.read(location, MAX_BYTES));
        } catch (ObjectSource.Unreadable e) {
            throw new BadInput(List.of(new Problem(
                    "payloadS3",
                    "must be an object that can be read: " + e.getMessage(),
                    location.toString(),
                    "Check bucket and key, and allow s3:GetObject on it")));
        }
    }
}
