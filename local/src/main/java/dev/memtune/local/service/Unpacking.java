// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a deployment package that nobody trusts: nothing is written outside the target, nothing beyond the limits.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
 */
final class Unpacking {
    /** As many entries as a zip file without extensions can have. */
    private static final int MAX_ENTRIES = 65_535;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Pattern PARENT = Pattern.compile("(^|/)\\.\\.(/|$)");
    private static final String UNREADABLE =
            "Could not unzip uploaded file. Please check your file, then try to upload again.";

    private final ZipModes modes;
    private final Path target;
    private final Set<String> names = new HashSet<>();
    private final long maxBytes;
    private long bytesLeft;

    private Unpacking(ZipModes modes, Path target, long maxBytes) {
        this.modes = modes;
        this.target = target;
        this.maxBytes = maxBytes;
        this.bytesLeft = maxBytes;
    }

    /**
     * Unpacks into an existing directory.
     *
     * @param archive the zip file
     * @param content its bytes
     * @param maxBytes how much may come out of it
     * @throws LambdaFault if it is no zip file, is empty, breaks a limit or holds a dangerous entry
     */
    static void unpack(Path archive, byte[] content, Path target, long maxBytes) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() == 0) {
                throw LambdaFault.invalid("Uploaded file must be a non-empty zip");
            }
            if (zip.size() > MAX_ENTRIES) {
                throw LambdaFault.invalid("Uploaded zip has " + zip.size() + " entries, at most " + MAX_ENTRIES
                        + " are supported: remove files");
            }
            Unpacking unpacking = new Unpacking(ZipModes.of(content), target, maxBytes);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                unpacking.entry(zip, entry);
            }
        } catch (ZipException | EOFException | InvalidPathException e) {
            throw LambdaFault.invalid(UNREADABLE);
        } catch (IllegalArgumentException e) {
            throw LambdaFault.invalid(UNREADABLE); // names that are not UTF-8
        }
    }

    private void entry(ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        if (name.startsWith("/")
                || name.contains("\\")
                || name.indexOf('\0') >= 0
                || PARENT.matcher(name).find()) {
            throw dangerous(name, "its path leads outside the package");
        }
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target)) {
            throw dangerous(name, "its path leads outside the package");
        }
        if (modes.isSymbolicLink(name)) {
            throw dangerous(name, "it is a symbolic link; put the file itself into the zip");
        }
        if (!names.add(target.relativize(file).toString())) {
            throw dangerous(name, "the zip holds this name more than once");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            write(zip, entry, file);
        }
    }

    private void write(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        if (file.equals(target)) {
            throw dangerous(entry.getName(), "it has no name");
        }
        try {
            Files.createDirectories(file.getParent() == null ? target : file.getParent());
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(file)) {
                copy(in, out);
            }
        } catch (FileAlreadyExistsException e) {
            throw dangerous(entry.getName(), "the zip holds a file and a directory of the same name");
        }
        if (modes.isExecutable(entry.getName()) && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytesLeft -= read;
            if (bytesLeft < 0) {
                throw LambdaFault.invalid("Unzipped size must be smaller than " + maxBytes + " bytes");
            }
            out.write(buffer, 0, read);
        }
    }

    private static LambdaFault dangerous(String name, String why) {
        String shown = name.length() <= 200 ? name : name.substring(0, 200) + "...";
        return LambdaFault.invalid("Could not unzip uploaded file: entry '" + shown + "' is refused, " + why + ".");
    }
}
