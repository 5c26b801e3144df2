// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.failure.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes packages for tests, good ones by default, as a folder or as a zip. */
final class PackageFixture {
    static final String PYTHON = "{\"name\": \"sum\", \"runtime\": \"python3.12\"}";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    static PackageFixture empty() {
        return new PackageFixture();
    }

    /** metadata.json, handler.py and one test event. */
    static PackageFixture python() {
        return empty().with("metadata.json", PYTHON)
                .with("handler.py", "def handler(e, c): pass")
                .with("tests/a.json", "{}");
    }

    PackageFixture with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    PackageFixture with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    PackageFixture without(String path) {
        files.remove(path);
        return this;
    }

    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a test's zip", e);
        }
        return bytes.toByteArray();
    }

    Path folder(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    static PackageReading read(byte[] zip) {
        return new AlgorithmPackages(PackageLimits.defaults()).readZip(zip);
    }

    AlgorithmPackage accepted() {
        return accepted(read(zip()));
    }

    static AlgorithmPackage accepted(PackageReading reading) {
        assertThat(reading).isInstanceOf(PackageReading.Accepted.class);
        return ((PackageReading.Accepted) reading).algorithm();
    }

    List<String> problems() {
        return problems(read(zip()));
    }

    static List<String> problems(PackageReading reading) {
        assertThat(reading).isInstanceOf(PackageReading.Rejected.class);
        return ((PackageReading.Rejected) reading)
                .problems().stream().map(Problem::toString).toList();
    }

    /** Where the directory's record of an entry starts, for tests that bend it. */
    static int directoryEntry(byte[] zip, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 46 + wanted.length <= zip.length; at++) {
            boolean isEntry = buffer.getInt(at) == 0x02014b50 && buffer.getShort(at + 28) == wanted.length;
            if (isEntry && buffer.slice(at + 46, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                return at;
            }
        }
        throw new AssertionError("the zip must have an entry " + name);
    }

    /** Overwrites part of the directory's record of an entry, little endian. */
    static byte[] bend(byte[] zip, String name, int offset, long value, int bytes) {
        byte[] bent = zip.clone();
        int at = directoryEntry(zip, name) + offset;
        for (int i = 0; i < bytes; i++) {
            bent[at + i] = (byte) (value >>> (8 * i));
        }
        return bent;
    }
}
