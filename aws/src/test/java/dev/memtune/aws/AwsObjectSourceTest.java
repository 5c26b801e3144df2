// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.wire.S3Location;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GetObject over HTTP, by S3's REST protocol. */
class AwsObjectSourceTest {
    private static final String EVENT = "{\"n\":[1,2]}";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private AwsObjectSource source;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        source = AwsObjectSource.of(new Endpoint.Loopback(uri, "us-east-1"));
    }

    @AfterEach
    void stop() {
        source.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
        String code = status == 403 ? "AccessDenied" : status == 404 ? "NoSuchKey" : "InternalError";
        String text = status == 200 ? EVENT : "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] read(String key, int maxBytes) {
        return source.read(new S3Location("my-bucket", key), maxBytes);
    }

    @Test
    void readsAnObjectByItsKeyAsItStands() {
        assertThat(read("a/b?c#d e.json", EVENT.length())).asString().isEqualTo(EVENT);
        assertThat(requests).containsExactly("GET /my-bucket/a/b%3Fc%23d%20e.json");
    }

    @Test
    void readsNoMoreThanItMay() {
        assertThatThrownBy(() -> read("event.json", EVENT.length() - 1))
                .isInstanceOf(ObjectSource.Unreadable.class)
                .hasMessageContaining("it has more than");
    }

    @Test
    void tellsDeniedFromMissingFromNotAnswering() {
        status = 403;
        assertThatThrownBy(() -> read("event.json", 9))
                .isInstanceOf(ObjectSource.Unreadable.class)
                .hasMessageContaining("access is denied");
        status = 404;
        assertThatThrownBy(() -> read("event.json", 9))
                .isInstanceOf(ObjectSource.Unreadable.class)
                .hasMessageContaining("no such bucket or object");
        status = 501;
        assertThatThrownBy(() -> read("event.json", 9)).isInstanceOf(LambdaFault.OutcomeUnknown.class);
    }
}
