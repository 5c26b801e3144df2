// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes a zip apart in memory without trusting it: bounds are checked on the declared sizes before anything is unpacked, and
 * no entry may unpack to more or less than it declared.
 */
final class ZipReader {
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final String PACK_AGAIN = "Pack it again";

    private final PackageLimits limits;

    ZipReader(PackageLimits limits) {
        this.limits = limits;
    }

    PackageFiles read(byte[] zip) {
        try {
            return read(zip, ZipDirectory.membersOf(zip));
        } catch (BrokenZipException e) {
            return PackageFiles.unreadable(
                    new Problem("package", "must be a whole zip file", String.valueOf(e.getMessage()), PACK_AGAIN));
        }
    }

    private PackageFiles read(byte[] zip, List<ZipMember> members) {
        FileCollector collector = new FileCollector(limits);
        if (!collector.admits(members.size()) || !fits(zip, members, collector)) {
            return collector.collected();
        }
        Set<String> paths = new HashSet<>();
        Set<String> folders = new HashSet<>();
        for (ZipMember member : members) {
            if (isSound(member, paths, collector) && !member.isFolder()) {
                addFolders(member.name(), folders);
                unpack(zip, member, collector);
            }
        }
        folders.retainAll(collector.collected().byPath().keySet());
        folders.stream().sorted().forEach(path -> collector.refuse(refused(path, "be a file or a folder", "both")));
        return collector.collected();
    }

    private boolean fits(byte[] zip, List<ZipMember> members, FileCollector collector) {
        long unpacked = 0;
        for (ZipMember member : members) {
            if (!collector.reserve(member.unpackedBytes())) {
                return false;
            }
            unpacked += member.unpackedBytes();
        }
        if (unpacked > PackageLimits.RATIO_FREE_BYTES && unpacked / zip.length >= limits.compressionRatio()) {
            collector.refuse(new Problem(
                    "package",
                    "must unpack to less than " + limits.compressionRatio() + " times its size",
                    unpacked + " bytes from " + zip.length,
                    "Leave out generated data"));
            return false;
        }
        return true;
    }

    private static boolean isSound(ZipMember member, Set<String> paths, FileCollector collector) {
        String path = member.name();
        if (FilePath.problemOf(path).map(problem -> refuse(collector, problem)).isPresent()
                || FilePath.isIgnored(path)) {
            return false;
        }
        if (!paths.add(path)) {
            return !refuse(collector, refused(path, "be in the package once", "the same name again"));
        }
        if (member.isSpecial()) {
            return !refuse(collector, refused(path, "be a file", "a symbolic link or a device"));
        }
        if (member.isEncrypted()) {
            return !refuse(collector, refused(path, "not be encrypted", "an encrypted entry"));
        }
        if (member.method() != ZipMember.STORED && member.method() != ZipMember.DEFLATED) {
            return !refuse(collector, refused(path, "be stored or deflated", "compression method " + member.method()));
        }
        return true;
    }

    private static boolean refuse(FileCollector collector, Problem problem) {
        collector.refuse(problem);
        return true;
    }

    private static Problem refused(String path, String rule, String received) {
        return new Problem(path, "must " + rule, received, PACK_AGAIN);
    }

    private static void addFolders(String path, Set<String> folders) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            folders.add(path.substring(0, slash));
        }
    }

    private static void unpack(byte[] zip, ZipMember member, FileCollector collector) {
        try {
            collector.add(PackageFile.owning(member.name(), contentOf(zip, member), member.isExecutable()));
        } catch (BrokenZipException e) {
            collector.refuse(refused(member.name(), "be whole", String.valueOf(e.getMessage())));
        }
    }

    private static byte[] contentOf(byte[] zip, ZipMember member) throws BrokenZipException {
        int start = dataStart(zip, member);
        if (member.packedBytes() > zip.length - start) {
            throw new BrokenZipException("an entry that ends after the archive");
        }
        int packedBytes = Math.toIntExact(member.packedBytes());
        byte[] content = member.method() == ZipMember.STORED
                ? Arrays.copyOfRange(zip, start, start + packedBytes)
                : inflate(zip, start, packedBytes, Math.toIntExact(member.unpackedBytes()));
        CRC32 crc = new CRC32();
        crc.update(content);
        if (content.length != member.unpackedBytes() || crc.getValue() != member.crc()) {
            throw new BrokenZipException("content that does not match its checksum or declared size");
        }
        return content;
    }

    /** Where the entry's bytes start; its local header must name the same file as the directory does. */
    private static int dataStart(byte[] zip, ZipMember member) throws BrokenZipException {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        if (member.localOffset() > zip.length - LOCAL_BYTES
                || buffer.getInt((int) member.localOffset()) != LOCAL_SIGNATURE) {
            throw new BrokenZipException("no entry where the directory points to");
        }
        int local = (int) member.localOffset();
        int nameEnd = local + LOCAL_BYTES + (buffer.getShort(local + 26) & 0xFFFF);
        int start = nameEnd + (buffer.getShort(local + 28) & 0xFFFF);
        if (start > zip.length
                || !Arrays.equals(Arrays.copyOfRange(zip, local + LOCAL_BYTES, nameEnd), member.rawName())) {
            throw new BrokenZipException("an entry with another name than in the directory");
        }
        return start;
    }

    private static byte[] inflate(byte[] zip, int start, int packedBytes, int unpackedBytes) throws BrokenZipException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(zip, start, packedBytes);
            // One byte more than declared, so that an entry that holds more is noticed and not cut.
            byte[] content = new byte[unpackedBytes + 1];
            int filled = 0;
            int step = 1;
            while (step > 0 && filled < content.length) {
                step = inflater.inflate(content, filled, content.length - filled);
                filled += step;
            }
            if (filled != unpackedBytes || !inflater.finished()) {
                throw new BrokenZipException("content of another size than declared");
            }
            return Arrays.copyOf(content, unpackedBytes);
        } catch (DataFormatException e) {
            throw new BrokenZipException("damaged content (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }
}
