// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to the host over one kept connection. Written on a plain socket: loading the JDK's HTTP client would take a good part of
 * a small function's init.
 */
final class RuntimeClient {
    private static final int HEADERS_MAX = 100;

    private final String host;
    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream input;
    private boolean broken;

    /** An answer; header names in lower case. */
    record Answer(Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** @param address {@code host:port} */
    RuntimeClient(String address) {
        int colon = address.lastIndexOf(':');
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
    }

    /** Whether a call has failed: the host is gone. */
    boolean broken() {
        return broken;
    }

    /** @param errorType sent as the function's error type unless empty */
    Answer call(String method, String path, byte[] body, String errorType) throws IOException {
        try {
            Socket connection = connect();
            connection.getOutputStream().write(request(method, path, body, errorType));
            return answer(connection, inputOf(connection));
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private byte[] request(String method, String path, byte[] body, String errorType) throws IOException {
        String head = method + " /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nContent-Length: " + body.length + "\r\n"
                + (errorType.isEmpty() ? "" : "Lambda-Runtime-Function-Error-Type: " + errorType + "\r\n") + "\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.getBytes(StandardCharsets.ISO_8859_1));
        all.write(body);
        return all.toByteArray(); // one write, so that nothing waits for an acknowledgement
    }

    private Socket connect() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(host, port);
            open.setTcpNoDelay(true);
            socket = open;
        }
        return open;
    }

    private InputStream inputOf(Socket connection) throws IOException {
        InputStream open = input;
        if (open == null) {
            open = new BufferedInputStream(connection.getInputStream());
            input = open;
        }
        return open;
    }

    private static Answer answer(Socket connection, InputStream in) throws IOException {
        line(in); // the status: what the host refuses is in its log
        Map<String, String> headers = new HashMap<>();
        for (int count = 0; count < HEADERS_MAX; count++) {
            String line = line(in);
            if (line.isEmpty()) {
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                return new Answer(headers, in.readNBytes(length));
            }
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        connection.close();
        throw new IOException("The host sent more than " + HEADERS_MAX + " headers");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The host closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
