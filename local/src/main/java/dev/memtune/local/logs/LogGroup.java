// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A log group: files of events in the order they came, the oldest dropped when there are too many. Safe for use by many
 * threads. A crash loses at most the events that were being written.
 */
public final class LogGroup {
    private static final String SUFFIX = ".jsonl";
    private static final int WIDTH = 19;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build(); // a cut line is still text

    private final String name;
    private final long createdMs;
    private final Path folder;
    private final LogLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private long nextPosition;
    private boolean opened;
    private Optional<Path> current = Optional.empty();

    LogGroup(String name, long createdMs, Path folder, LogLimits limits) {
        this.name = name;
        this.createdMs = createdMs;
        this.folder = folder;
        this.limits = limits;
    }

    /** The group's name. */
    public String name() {
        return name;
    }

    /** When its first event came, milliseconds since 1970. */
    public long createdMs() {
        return createdMs;
    }

    /**
     * Keeps lines of one stream.
     *
     * @param lines each with its time
     * @param now when they are kept
     */
    void append(String stream, List<TimedLine> lines, Instant now) throws IOException {
        lock.lock();
        try {
            open();
            Path segment = segment();
            StringBuilder text = new StringBuilder();
            for (TimedLine line : lines) {
                LogEvent event = new LogEvent(
                        nextPosition++, stream, line.at().toEpochMilli(), now.toEpochMilli(), line.message());
                text.append(MAPPER.writeValueAsString(event)).append('\n');
            }
            Files.writeString(segment, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on where an earlier service stopped; a file that it left half written is not continued. */
    private void open() throws IOException {
        if (!opened) {
            List<Path> files = segments();
            nextPosition = 1;
            if (!files.isEmpty()) {
                List<LogEvent> last = events(files.getLast(), event -> true);
                nextPosition = last.isEmpty()
                        ? firstPosition(files.getLast()) + 1
                        : last.getLast().position() + 1;
                current = Optional.of(files.getLast()).filter(LogGroup::endsWhole);
            }
            opened = true;
        }
    }

    private static boolean endsWhole(Path file) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            if (content.length() == 0) {
                return true;
            }
            content.seek(content.length() - 1);
            return content.read() == '\n';
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Path segment() throws IOException {
        if (current.isEmpty() || Files.size(current.get()) >= limits.segmentBytes()) {
            String file = String.format("%0" + WIDTH + "d", nextPosition) + SUFFIX;
            current = Optional.of(Files.createFile(folder.resolve(file)));
            List<Path> files = segments();
            for (Path old : files.subList(0, Math.max(0, files.size() - limits.segments()))) {
                Files.delete(old);
            }
        }
        return current.get();
    }

    private static long firstPosition(Path segment) {
        return Long.parseLong(String.valueOf(segment.getFileName()).substring(0, WIDTH));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** The kept events that are asked for, by time. */
    public List<LogEvent> events(Predicate<LogEvent> wanted) {
        lock.lock();
        try {
            List<LogEvent> found = new ArrayList<>();
            for (Path file : segments()) {
                found.addAll(events(file, wanted));
            }
            found.sort(null);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log group " + name, e);
        } finally {
            lock.unlock();
        }
    }

    private static List<LogEvent> events(Path file, Predicate<LogEvent> wanted) throws IOException {
        List<LogEvent> events = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                event(line).filter(wanted).ifPresent(events::add);
            }
        }
        return events;
    }

    private static Optional<LogEvent> event(String line) {
        try {
            return Optional.of(MAPPER.readValue(line, LogEvent.class));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a crash cut this line off
        }
    }

    /** The streams of the kept events by name. */
    public Map<String, LogStream> streams() {
        Map<String, LogStream> streams = new TreeMap<>();
        events(event -> true).forEach(event -> streams.merge(event.stream(), LogStream.of(event), LogStream::and));
        return streams;
    }

    /** The size of the kept files. */
    public long sizeBytes() {
        lock.lock();
        try {
            long bytes = 0;
            for (Path file : segments()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log group " + name, e);
        } finally {
            lock.unlock();
        }
    }
}
