// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import dev.memtune.core.wire.AlgorithmMetadata;
import dev.memtune.core.wire.AlgorithmMetadataReader;
import dev.memtune.core.wire.AlgorithmMetadataReading;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the files of {@code tests/}: one event each, sorted by name. */
final class TestEvents {
    static final String FOLDER = "tests/";

    private final AlgorithmMetadataReader reader;
    private final PackageLimits limits;

    TestEvents(AlgorithmMetadataReader reader, PackageLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** The events; what is wrong is added to {@code problems}. */
    List<TestEvent> read(PackageFiles files, AlgorithmMetadataReading metadata, List<Problem> problems) {
        Collection<PackageFile> found = files.below(FOLDER).values();
        checkSource(found.size(), metadata, problems);
        List<TestEvent> events = new ArrayList<>();
        metadata.metadata()
                .flatMap(AlgorithmMetadata::payload)
                .ifPresent(payload -> events.add(new TestEvent(TestEvent.PAYLOAD, payload)));
        for (PackageFile file : found) {
            readEvent(file, problems).ifPresent(events::add);
        }
        return events;
    }

    private void checkSource(int count, AlgorithmMetadataReading metadata, List<Problem> problems) {
        if (count == 0 && !metadata.givesPayload().orElse(true)) {
            problems.add(new Problem(
                    FOLDER,
                    "must hold at least one event, or metadata.json a payload",
                    "neither",
                    "Add a file such as tests/first.json with an event that the function accepts"));
        }
        if (count > 0 && metadata.givesPayload().orElse(false)) {
            problems.add(new Problem(
                    "payload",
                    "must not be given together with files in tests/",
                    "a payload and " + count + " files",
                    "Move the payload to a file in tests/, or leave tests/ out"));
        }
        if (count > limits.testEvents()) {
            problems.add(new Problem(
                    FOLDER,
                    "must hold at most " + limits.testEvents() + " events",
                    String.valueOf(count),
                    "Choose those that stand for the others"));
        }
    }

    private Optional<TestEvent> readEvent(PackageFile file, List<Problem> problems) {
        String name = file.path().substring(FOLDER.length());
        if (!name.endsWith(".json") || name.indexOf('/') >= 0) {
            problems.add(new Problem(
                    file.path(),
                    "must be an event file, *.json, directly in tests/",
                    "'" + name + "'",
                    "Rename it, or move it out of tests/"));
            return Optional.empty();
        }
        if (file.sizeBytes() > PackageLimits.EVENT_BYTES) {
            problems.add(new Problem(
                    file.path(),
                    "must have at most " + PackageLimits.EVENT_BYTES + " bytes, the most that Lambda takes",
                    file.sizeBytes() + " bytes",
                    "Make the event smaller"));
            return Optional.empty();
        }
        Optional<String> json = text(file);
        Optional<String> error = json.map(reader::syntaxError).orElse(Optional.of("bytes that are not UTF-8"));
        error.ifPresent(
                found -> problems.add(new Problem(file.path(), "must be one JSON value", found, "Mend the JSON")));
        return error.isPresent() ? Optional.empty() : json.map(event -> new TestEvent(name, event));
    }

    /** The file's text, empty if it is not UTF-8. A byte order mark, which JSON may not have, stays and is refused later. */
    static Optional<String> text(PackageFile file) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.bytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
