// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** All log groups, in one folder. Safe for use by many threads. */
public final class LogStore {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String DESCRIPTION = "group.json";

    private final Path folder;
    private final LogLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, LogGroup> groups = new LinkedHashMap<>(16, 0.75f, true); // least recently used first

    /** What is known of a group besides its events. */
    private record Description(String name, long createdMs) {}

    /**
     * Opens the logs that a folder holds.
     *
     * @throws IOException if the folder cannot be read or made
     */
    public LogStore(Path folder, LogLimits limits) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.limits = limits;
        List<Path> folders;
        try (Stream<Path> paths = Files.list(folder)) {
            folders = paths.filter(path -> Files.isRegularFile(path.resolve(DESCRIPTION)))
                    .sorted()
                    .toList();
        }
        for (Path path : folders) {
            Description description = MAPPER.readValue(path.resolve(DESCRIPTION).toFile(), Description.class);
            groups.put(description.name(), new LogGroup(description.name(), description.createdMs(), path, limits));
        }
    }

    /**
     * Keeps lines of one stream; a group that is not there is made.
     *
     * @param now when they are kept
     */
    public void append(String group, String stream, List<TimedLine> lines, Instant now) throws IOException {
        if (!lines.isEmpty()) {
            made(group, now).append(stream, lines, now);
        }
    }

    private LogGroup made(String name, Instant now) throws IOException {
        lock.lock();
        try {
            LogGroup present = groups.get(name);
            if (present != null) {
                return present;
            }
            Path path = Files.createDirectories(folder.resolve(folderName(name)));
            long createdMs = now.toEpochMilli();
            Files.write(path.resolve(DESCRIPTION), MAPPER.writeValueAsBytes(new Description(name, createdMs)));
            LogGroup made = new LogGroup(name, createdMs, path, limits);
            groups.put(name, made);
            if (groups.size() > limits.groups()) {
                remove(groups.keySet().iterator().next());
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Group names hold slashes and are longer than file names may be. */
    private static String folderName(String group) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(group.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void remove(String name) throws IOException {
        groups.remove(name);
        Path path = folder.resolve(folderName(name));
        List<Path> files;
        try (Stream<Path> paths = Files.list(path)) {
            files = paths.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }

    /** The group of this name, if it has ever been logged to. */
    public Optional<LogGroup> group(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(groups.get(name));
        } finally {
            lock.unlock();
        }
    }

    /** All groups by name. */
    public List<LogGroup> groups() {
        lock.lock();
        try {
            return List.copyOf(new TreeMap<>(groups).values());
        } finally {
            lock.unlock();
        }
    }
}
