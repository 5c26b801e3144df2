// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Time and memory are bounded by a small multiple of the input, whatever it is: each of these inputs would take hours, or all
 * memory, if anything looked at it again and again, or kept it.
 */
class HostileLogTest {
    private static final int INPUT_BYTES = 6 * 1024 * 1024;
    /** What is allocated per byte of input, mostly short-lived; the costliest of these inputs takes 35. */
    private static final int MAX_ALLOCATED_PER_BYTE = 200;

    private static final Duration MAX_TIME = Duration.ofMinutes(2);

    /** A text over and over, never in memory as a whole. */
    private static final class Repeated extends InputStream {
        private final byte[] unit;
        private long position;

        Repeated(String unit) {
            this.unit = unit.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int count = (int) Math.min(length, INPUT_BYTES - position);
            for (int i = 0; i < count; i++) {
                into[from + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }

        @Override
        public int read() {
            return position >= INPUT_BYTES ? -1 : unit[(int) (position++ % unit.length)] & 0xff;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                " ",
                "\"",
                "{",
                "[",
                "{\"a\":",
                "[{\"message\":\"",
                "{\"events\":[",
                "{\"type\":\"platform.report\",\"record\":{\n",
                "{\"type\":\"platform.report\"}\n",
                "\u001b[31m",
                "\u001b[31m\n",
                "REPORT RequestId: a\n",
                "REPORT RequestId: a\tDuration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\n",
                "REPORT RequestId: a Duration: ",
                "REPORT RequestId: a Unknown Unknown Unknown ",
                "END RequestId: a",
                "2026-11-21T10:00:00Z ",
                "2026-11-21T10:00:00Z \"\"\"\n",
                "2026-11-21T10:00:00Z {\"type\":\"platform.report\"\n",
            })
    void isReadInTimeAndMemoryThatFollowItsLength(String unit) {
        assertTimeoutPreemptively(MAX_TIME, () -> {
            long allocated = allocatedBytes();
            LogReader.read(new Repeated(unit), report -> {});
            assertThat(allocatedBytes() - allocated).isLessThan((long) MAX_ALLOCATED_PER_BYTE * INPUT_BYTES);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":", "\u001b[31m", "END RequestId: a", "REPORT RequestId: ", "\""})
    void isReadFromATailToo(String unit) throws IOException {
        byte[] tail = new Repeated(unit).readNBytes(LogTail.LIMIT_BYTES);
        assertThat(LogTail.of(tail).find("a", SystemLogLevel.UNKNOWN)).isInstanceOf(ReportLookup.Missing.class);
    }

    private static long allocatedBytes() {
        return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
    }
}
