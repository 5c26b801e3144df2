// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes lines in blocks, because a terminal's stream goes to the system with each one; stops when nobody reads. */
final class LineOutput implements AutoCloseable {
    private static final int BLOCK_CHARS = 32 * 1024;

    private final PrintStream out;
    private final StringBuilder block = new StringBuilder();

    LineOutput(PrintStream out) {
        this.out = out;
    }

    /** @throws OutputClosed if nobody reads any more */
    void line(String text) {
        block.append(text).append('\n');
        if (block.length() >= BLOCK_CHARS) {
            close();
        }
    }

    /**
     * Writes what is left; the stream stays open.
     *
     * @throws OutputClosed if nobody reads any more
     */
    @Override
    public void close() {
        byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
        block.setLength(0);
        out.write(bytes, 0, bytes.length);
        if (out.checkError()) {
            throw new OutputClosed();
        }
    }
}
