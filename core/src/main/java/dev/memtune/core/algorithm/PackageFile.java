// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.util.Arrays;
import java.util.Objects;

/** A file of a package: its path with {@code /} between the names, its bytes and whether it may be executed. Immutable. */
public final class PackageFile {
    private final String path;
    private final byte[] content;
    private final boolean executable;

    private PackageFile(String path, byte[] content, boolean executable) {
        this.path = Objects.requireNonNull(path, "path");
        this.content = Objects.requireNonNull(content, "content");
        this.executable = executable;
    }

    /** A file with a copy of these bytes. */
    public static PackageFile of(String path, byte[] content, boolean executable) {
        return new PackageFile(path, content.clone(), executable);
    }

    /** A file that takes these bytes over; for readers that have just made them and keep no reference. */
    static PackageFile owning(String path, byte[] content, boolean executable) {
        return new PackageFile(path, content, executable);
    }

    /** Relative, never starts with {@code /}, has no {@code ..}. */
    public String path() {
        return path;
    }

    /** The number of bytes. */
    public int sizeBytes() {
        return content.length;
    }

    /** A copy of the bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Whether the owner may execute the file. */
    public boolean isExecutable() {
        return executable;
    }

    /** The bytes themselves, for reading only. */
    byte[] bytes() {
        return content;
    }

    PackageFile at(String otherPath) {
        return new PackageFile(otherPath, content, executable);
    }

    PackageFile asExecutable() {
        return new PackageFile(path, content, true);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageFile file
                && path.equals(file.path)
                && executable == file.executable
                && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, executable, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes" + (executable ? ", executable)" : ")");
    }
}
