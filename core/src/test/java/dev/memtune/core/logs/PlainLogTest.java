// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PlainLogTest {
    private static final String LOG = "é REPORT\n".repeat(5_000);

    private static String plain(byte[] kept) throws IOException {
        return new String(PlainLog.of(new ByteArrayInputStream(kept)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] marked(Charset charset) {
        return ('\ufeff' + LOG).getBytes(charset);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void readsEveryEncodingThatToolsWrite() throws IOException {
        assertThat(plain(LOG.getBytes(StandardCharsets.UTF_8))).isEqualTo(LOG);
        assertThat(plain(marked(StandardCharsets.UTF_8))).isEqualTo(LOG);
        assertThat(plain(marked(StandardCharsets.UTF_16LE))).isEqualTo(LOG);
        assertThat(plain(marked(StandardCharsets.UTF_16BE))).isEqualTo(LOG);
        assertThat(plain(packed(LOG.getBytes(StandardCharsets.UTF_8)))).isEqualTo(LOG);
        assertThat(plain(packed(marked(StandardCharsets.UTF_16LE)))).isEqualTo(LOG);
    }

    @Test
    void leavesShortAndBinaryLogsAsTheyAre() throws IOException {
        assertThat(plain(new byte[0])).isEmpty();
        assertThat(plain(new byte[] {'a'})).isEqualTo("a");
        assertThat(plain(new byte[] {0, 1, 2, 3})).isEqualTo("\u0000\u0001\u0002\u0003");
    }

    @Test
    void decodesTheTailOfAnInvokeThatIsAllThereIs() throws IOException {
        String tail = """
                START RequestId: a Version: 1
                END RequestId: a
                REPORT RequestId: a\tDuration: 1.00 ms
                """;
        byte[] bytes = tail.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        assertThat(plain(base64.getBytes(StandardCharsets.UTF_8))).isEqualTo(tail);
        assertThat(plain(('"' + base64 + "\"\n").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(tail);
        assertThat(plain(Base64.getMimeEncoder().encode(bytes))).isEqualTo(tail);
        assertThat(plain(packed(base64.getBytes(StandardCharsets.UTF_16)))).isEqualTo(tail);
    }

    @Test
    void leavesWordsThatAreNoTailAsTheyAre() throws IOException {
        assertThat(plain("hell".getBytes(StandardCharsets.UTF_8))).isEqualTo("hell");
        assertThat(plain("UmVwb3J0=".getBytes(StandardCharsets.UTF_8))).isEqualTo("UmVwb3J0=");
        String amidText = Base64.getEncoder().encodeToString("REPORT RequestId: a".getBytes(StandardCharsets.UTF_8));
        assertThat(plain(("text: " + amidText).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("text: " + amidText);
    }

    @Test
    void refusesWhatOnlyBeginsLikeAPackedLog() {
        assertThatThrownBy(() -> plain(new byte[] {0x1f, (byte) 0x8b, 'x', 'y'}))
                .isInstanceOf(IOException.class);
    }
}
