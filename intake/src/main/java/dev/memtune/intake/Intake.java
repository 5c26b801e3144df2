// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageReading;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.Arrival;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.Upload;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Checks an upload and writes its item. Repeating a call is harmless. */
public final class Intake {
    /** More than Lambda takes unpacked is never read (250 MB, Lambda quotas); a zip is smaller than what is in it. */
    static final int ZIP_MAX_BYTES = 250 * 1024 * 1024;

    private static final int WRITES_MAX = 10;

    private final UploadShelf shelf;
    private final Registry registry;
    private final AlgorithmPackages packages;
    private final InstantSource clock;

    /** @param packages reads zips within limits */
    public Intake(UploadShelf shelf, Registry registry, AlgorithmPackages packages, InstantSource clock) {
        this.shelf = Objects.requireNonNull(shelf, "shelf");
        this.registry = Objects.requireNonNull(registry, "registry");
        this.packages = Objects.requireNonNull(packages, "packages");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Takes an upload in.
     *
     * @return the item as it is now; empty if the key is not that of an upload
     * @throws dev.memtune.core.port.LambdaFault if the store did not answer; take it in again
     */
    public Optional<AlgorithmItem> take(Upload upload) {
        return UploadKey.name(upload.key()).map(name -> take(name, upload));
    }

    private AlgorithmItem take(String name, Upload upload) {
        Optional<AlgorithmItem> present = registry.find(name);
        if (present.isPresent() && isKnown(present.get(), upload)) {
            return present.get();
        }
        return write(name, upload, arrival(name, upload));
    }

    private AlgorithmItem write(String name, Upload upload, Arrival arrival) {
        for (int write = 0; write < WRITES_MAX; write++) {
            Optional<AlgorithmItem> present = registry.find(name);
            if (present.isPresent() && isKnown(present.get(), upload)) {
                return present.get();
            }
            AlgorithmItem next = present.map(item -> item.uploaded(upload, arrival, clock.instant()))
                    .orElseGet(() -> AlgorithmItem.first(name, upload, arrival, clock.instant()));
            if (registry.put(next)) {
                return next;
            }
        }
        throw new IllegalStateException("the item of " + name + " was changed by others " + WRITES_MAX
                + " times while upload " + upload.versionId() + " was taken in; it is tried again");
    }

    /** Told before, or overtaken by a later upload of the same key. */
    private static boolean isKnown(AlgorithmItem item, Upload upload) {
        return !upload.isNewerThan(item.upload());
    }

    private Arrival arrival(String name, Upload upload) {
        try {
            return arrival(name, upload, packages.readZip(shelf.read(upload, ZIP_MAX_BYTES)));
        } catch (ObjectSource.Unreadable e) {
            Problem problem = new Problem(
                    upload.key(),
                    "must be a zip that can be read: " + e.getMessage(),
                    upload.versionId(),
                    "Upload it again");
            return new Arrival.Refused(List.of(problem.toString()));
        }
    }

    private Arrival arrival(String name, Upload upload, PackageReading reading) {
        return switch (reading) {
            case PackageReading.Rejected rejected ->
                new Arrival.Refused(
                        rejected.problems().stream().map(Problem::toString).toList());
            case PackageReading.Accepted accepted -> named(name, upload, accepted.algorithm());
        };
    }

    private Arrival named(String name, Upload upload, AlgorithmPackage algorithm) {
        if (!algorithm.name().equals(name)) {
            Problem problem = new Problem(
                    "name",
                    "must be the zip's own name, " + name,
                    algorithm.name(),
                    "Rename the zip to " + algorithm.name() + ".zip, or change name in metadata.json");
            return new Arrival.Refused(List.of(problem.toString()));
        }
        return new Arrival.Checked(ContentKeeper.keep(shelf, upload, algorithm));
    }
}
