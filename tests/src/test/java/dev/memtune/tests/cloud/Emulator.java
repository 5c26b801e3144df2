// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** MiniStack on a free port of loopback. */
final class Emulator implements AutoCloseable {
    private static final String READY = "Running on http";
    private static final int LINES_MAX = 1_000;
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final URI gateway;

    private Emulator(Process process, URI gateway) {
        this.process = process;
        this.gateway = gateway;
    }

    /** Starts it with IAM enforced; it answers when this returns. */
    static Emulator start() throws IOException {
        return start("true");
    }

    /** Starts it with everything allowed to everybody; it answers when this returns. */
    static Emulator startOpen() throws IOException {
        return start("false");
    }

    private static Emulator start(String isEnforced) throws IOException {
        int port = freePort();
        URI gateway = URI.create("http://127.0.0.1:" + port);
        ProcessBuilder builder = new ProcessBuilder(
                        Tools.EMULATOR_PYTHON.toString(),
                        Tools.FOLDER.resolve("emulator.py").toString())
                .redirectErrorStream(true);
        builder.environment().putAll(Clone.ENVIRONMENT);
        builder.environment()
                .putAll(Map.of(
                        "AUTH",
                        isEnforced,
                        "IOT_MTLS_ENABLED",
                        "0",
                        "BIND_HOST",
                        "127.0.0.1",
                        "GATEWAY_PORT",
                        Integer.toString(port),
                        "AWS_ENDPOINT_URL",
                        gateway.toString(),
                        "SFN_WAIT_SCALE",
                        "0.1"));
        Emulator emulator = new Emulator(builder.start(), gateway);
        emulator.awaitReadiness();
        return emulator;
    }

    private void awaitReadiness() throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder before = new StringBuilder();
        for (int line = 0; line < LINES_MAX; line++) {
            String next = said.readLine();
            if (next == null) {
                break;
            }
            if (next.contains(READY)) {
                Thread.ofVirtual().name("emulator-log").start(() -> drain(said));
                return;
            }
            before.append(next).append('\n');
        }
        close();
        throw new IOException("the emulator must start, it has said:\n" + before);
    }

    /** Whoever writes more than a pipe holds, and is not read, stops. */
    private static void drain(Reader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** Kills the processes of functions that run a handler. @return how many there were */
    int kill(String handler) {
        List<ProcessHandle> workers = process.descendants()
                .filter(worker -> worker.info().commandLine().orElse("").contains(handler))
                .toList();
        workers.forEach(ProcessHandle::destroyForcibly);
        return workers.size();
    }

    URI gateway() {
        return gateway;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
