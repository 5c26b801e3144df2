// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server of somebody else that runs during a test.
 *
 * @param process the server
 * @param log what it prints
 */
record Server(Process process, Path log) implements AutoCloseable {
    private static final int TRIES_MAX = 600;
    private static final int TRY_MS = 100;

    /** Starts it in a folder of its own. */
    static Server start(Program program, Path folder, Map<String, String> settings, List<String> arguments)
            throws IOException {
        Path log = folder.resolve("server.log");
        List<String> command = new ArrayList<>(List.of(program.executable().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        return new Server(builder.start(), log);
    }

    /** Waits until it accepts connections, a minute at most. */
    void awaitPort(int port) throws IOException, InterruptedException {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TRY_MS);
                return;
            } catch (IOException e) {
                if (process.waitFor(TRY_MS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the server ended: " + Files.readString(log), e);
                }
            }
        }
        throw new IOException("the server does not accept connections: " + Files.readString(log));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
