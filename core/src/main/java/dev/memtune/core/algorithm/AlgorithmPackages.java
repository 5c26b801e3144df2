// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import dev.memtune.core.wire.AlgorithmMetadataReader;
import dev.memtune.core.wire.AlgorithmMetadataReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads algorithm packages. A package is refused with everything that is wrong with it, never with an exception; it is held
 * in memory as a whole, which the limits bound. Thread-safe.
 */
public final class AlgorithmPackages {
    private final AlgorithmMetadataReader reader = new AlgorithmMetadataReader();
    private final PackageLimits limits;

    /**
     * @param limits bounds on files, bytes, compression and events
     */
    public AlgorithmPackages(PackageLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** Reads a folder or a zip file in the upload layout. */
    public PackageReading read(Path folderOrZip) {
        return assemble(filesOf(folderOrZip));
    }

    /** Reads the bytes of a zip in the upload layout, such as an uploaded object; the array is not kept. */
    public PackageReading readZip(byte[] zip) {
        return assemble(new ZipReader(limits).read(zip));
    }

    /**
     * Reads a folder or a zip file of plain code, to be deployed just as it is; it has no test events.
     *
     * @param name the function's name, with the rules of {@code name} in {@code metadata.json}
     * @param runtime AWS's runtime identifier
     * @param handler AWS's handler string; empty for the runtime's default
     */
    public PackageReading readPlain(Path folderOrZip, String name, String runtime, Optional<String> handler) {
        PackageFiles files = filesOf(folderOrZip);
        AlgorithmMetadataReading metadata = reader.plain(name, runtime, handler);
        List<Problem> problems = new ArrayList<>(files.problems());
        problems.addAll(metadata.problems());
        NavigableMap<String, PackageFile> code = new TreeMap<>(files.byPath());
        // Made executable in any case: a zip from Windows has no modes, and Lambda starts nothing else.
        code.computeIfPresent("bootstrap", (path, file) -> file.asExecutable());
        Optional<RuntimeFamily> family = metadata.runtime().flatMap(RuntimeFamily::of);
        Optional<String> found = files.problems().isEmpty()
                ? family.flatMap(known -> new HandlerCheck(known, code, problems).resolve(handler))
                : Optional.empty();
        return result(new Parts(metadata, family, found, List.of(), code), problems);
    }

    private PackageFiles filesOf(Path path) {
        if (Files.isDirectory(path)) {
            return new FolderReader(limits).read(path);
        }
        try {
            if (Files.isRegularFile(path) && Files.size(path) <= limits.unpackedBytes()) {
                return new ZipReader(limits).read(Files.readAllBytes(path));
            }
        } catch (IOException e) {
            return PackageFiles.unreadable(
                    new Problem(path.toString(), "must be readable", e.toString(), "Mend its permissions"));
        }
        return PackageFiles.unreadable(
                Files.exists(path)
                        ? new Problem(
                                path.toString(),
                                "must be a folder, or a zip file of at most " + limits.unpackedBytes() + " bytes",
                                "something else",
                                "Pack less, or name another path")
                        : new Problem(path.toString(), "must exist", "nothing", "Check the path"));
    }

    private PackageReading assemble(PackageFiles files) {
        List<Problem> problems = new ArrayList<>(files.problems());
        if (files.byPath().isEmpty() && !problems.isEmpty()) {
            return new PackageReading.Rejected(problems);
        }
        AlgorithmMetadataReading metadata = metadataOf(files);
        problems.addAll(metadata.problems());
        List<TestEvent> events = new TestEvents(reader, limits).read(files, metadata, problems);
        Optional<RuntimeFamily> family = metadata.runtime().flatMap(RuntimeFamily::of);
        NavigableMap<String, PackageFile> code =
                family.map(known -> CodeLayout.deployed(files, known, problems)).orElseGet(TreeMap::new);
        Optional<String> handler =
                family.flatMap(known -> new HandlerCheck(known, code, problems).resolve(metadata.handler()));
        return result(new Parts(metadata, family, handler, events, code), problems);
    }

    private AlgorithmMetadataReading metadataOf(PackageFiles files) {
        PackageFile file = files.byPath().get(CodeLayout.METADATA);
        if (file == null) {
            return AlgorithmMetadataReading.refused(List.of(missingMetadata(files)));
        }
        return TestEvents.text(file)
                .map(reader::read)
                .orElseGet(() -> AlgorithmMetadataReading.refused(
                        List.of(new Problem(CodeLayout.METADATA, "must be UTF-8", "other bytes", "Save it as UTF-8"))));
    }

    private static Problem missingMetadata(PackageFiles files) {
        Optional<String> deeper = files.byPath().keySet().stream()
                .filter(path -> path.endsWith("/" + CodeLayout.METADATA))
                .findFirst();
        return new Problem(
                CodeLayout.METADATA,
                "must be at the root of the package",
                deeper.map(path -> "only " + path).orElse("no such file"),
                deeper.isPresent()
                        ? "Pack the content of the folder, not the folder itself"
                        : "Add it, with at least name and runtime");
    }

    private static PackageReading result(Parts parts, List<Problem> problems) {
        if (!problems.isEmpty()) {
            return new PackageReading.Rejected(problems);
        }
        return new PackageReading.Accepted(new AlgorithmPackage(
                parts.metadata().metadata().orElseThrow(),
                parts.handler().orElseThrow(),
                parts.family().orElseThrow(),
                parts.events(),
                parts.code()));
    }

    private record Parts(
            AlgorithmMetadataReading metadata,
            Optional<RuntimeFamily> family,
            Optional<String> handler,
            List<TestEvent> events,
            NavigableMap<String, PackageFile> code) {}
}
