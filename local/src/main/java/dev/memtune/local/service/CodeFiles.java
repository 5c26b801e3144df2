// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Code;
import dev.memtune.local.function.LambdaFault;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Deployment packages, each kept once: the zip file and beside it the unpacked code. */
final class CodeFiles {
    private final Path directory;
    private final AtomicLong temporaries = new AtomicLong();

    CodeFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /**
     * Keeps a deployment package.
     *
     * @throws LambdaFault if the package is unusable or too large
     */
    Code store(byte[] zip, Quotas quotas) throws IOException {
        if (zip.length == 0) {
            throw LambdaFault.invalid("Uploaded file must be a non-empty zip");
        }
        if (zip.length > quotas.zippedBytes()) {
            throw LambdaFault.of(
                    LambdaFault.Kind.REQUEST_TOO_LARGE,
                    "Zip file must be smaller than " + quotas.zippedBytes() + " bytes");
        }
        Code code = new Code(Base64.getEncoder().encodeToString(sha256(zip)), zip.length);
        if (!has(code)) {
            unpack(zip, code, quotas.unzippedBytes());
        }
        return code;
    }

    private void unpack(byte[] zip, Code code, long maxBytes) throws IOException {
        Path scratch = directory.resolve(Durable.TEMPORARY_PREFIX + temporaries.incrementAndGet());
        try {
            Path unpacked = Files.createDirectories(scratch.resolve("code"));
            Path archive = Files.write(scratch.resolve("code.zip"), zip);
            Unpacking.unpack(archive, zip, unpacked, maxBytes);
            publish(scratch, directory.resolve(name(code)));
        } finally {
            Durable.delete(scratch);
        }
    }

    private static void publish(Path scratch, Path place) throws IOException {
        try {
            Files.move(scratch, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(place)) { // otherwise the same package was uploaded twice at once
                throw e;
            }
        }
    }

    /** Where the code is unpacked; nobody writes there. */
    Path directory(Code code) {
        return directory.resolve(name(code)).resolve("code");
    }

    /** The size of the unpacked code. */
    long unzippedBytes(Code code) {
        try (Stream<Path> paths = Files.walk(directory(code))) {
            return paths.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the package " + code.sha256(), e);
        }
    }

    /** Whether this package is kept. */
    boolean has(Code code) {
        return Files.isDirectory(directory(code));
    }

    /** The zip file as it was uploaded. */
    byte[] zip(Code code) throws IOException {
        return Files.readAllBytes(directory.resolve(name(code)).resolve("code.zip"));
    }

    /** Removes every package but these, and what interrupted uploads left. */
    void retain(Set<Code> inUse) throws IOException {
        Set<String> names = new HashSet<>();
        inUse.forEach(code -> names.add(name(code)));
        List<Path> present;
        try (Stream<Path> paths = Files.list(directory)) {
            present = paths.toList();
        }
        for (Path path : present) {
            if (!names.contains(String.valueOf(path.getFileName()))) {
                Durable.delete(path);
            }
        }
    }

    private static String name(Code code) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(code.sha256()));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
