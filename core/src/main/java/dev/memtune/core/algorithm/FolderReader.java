// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.StringJoiner;

/** Reads the files of a folder. Links to files inside the folder are read as files, all other links are refused. */
final class FolderReader {
    private final PackageLimits limits;

    FolderReader(PackageLimits limits) {
        this.limits = limits;
    }

    PackageFiles read(Path folder) {
        FileCollector collector = new FileCollector(limits);
        try {
            Path root = folder.toRealPath();
            Files.walkFileTree(root, new Visitor(root, collector));
        } catch (IOException e) {
            collector.refuse(unreadable(folder.toString(), e));
        }
        return collector.collected();
    }

    private static Problem unreadable(String where, IOException e) {
        return new Problem(where, "must be readable", e.toString(), "Mend its permissions or leave it out");
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final FileCollector collector;

        Visitor(Path root, FileCollector collector) {
            this.root = root;
            this.collector = collector;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FilePath.isIgnored(pathOf(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String path = pathOf(file);
            if (FilePath.isIgnored(path)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink() && !leadsToFileInside(file)) {
                collector.refuse(new Problem(
                        path,
                        "must not be a link that leads out of the package, to a folder or to nothing",
                        "link to " + Files.readSymbolicLink(file),
                        "Put a copy in its place"));
                return FileVisitResult.CONTINUE;
            }
            if (!Files.isRegularFile(file)) {
                collector.refuse(new Problem(path, "must be a file", "a device, pipe or socket", "Leave it out"));
                return FileVisitResult.CONTINUE;
            }
            return take(path, file) ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            collector.refuse(unreadable(pathOf(file), e));
            return FileVisitResult.CONTINUE;
        }

        private boolean take(String path, Path file) {
            FilePath.problemOf(path).ifPresent(collector::refuse);
            try {
                if (!collector.admits(collector.count() + 1) || !collector.reserve(Files.size(file))) {
                    return false;
                }
                collector.add(PackageFile.owning(path, Files.readAllBytes(file), Files.isExecutable(file)));
            } catch (IOException e) {
                collector.refuse(unreadable(path, e));
            }
            return true;
        }

        private boolean leadsToFileInside(Path link) {
            try {
                Path target = link.toRealPath();
                return target.startsWith(root) && Files.isRegularFile(target);
            } catch (IOException e) {
                return false; // a link to nothing, or in a circle
            }
        }

        private String pathOf(Path file) {
            StringJoiner path = new StringJoiner("/");
            root.relativize(file).forEach(name -> path.add(name.toString()));
            return path.toString();
        }
    }
}
