// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.wire.S3Location;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GetObject over HTTP, by S3's REST protocol. */
class AwsObjectSourceTest {
    private static final String EVENT = "{\"n\":[1,2]}";

    private ScriptedService service;
    private AwsObjectSource source;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
        service.answers(200, EVENT);
        source = AwsObjectSource.of(service.endpoint());
    }

    @AfterEach
    void stop() {
        source.close();
        service.close();
    }

    private void refuse(int status, String code) {
        service.answers(status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    private byte[] read(String key, int maxBytes) {
        return source.read(new S3Location("my-bucket", key), maxBytes);
    }

    @Test
    void readsAnObjectByItsKeyAsItStands() {
        assertThat(read("a/b?c#d e.json", EVENT.length())).asString().isEqualTo(EVENT);
        assertThat(service.requests())
                .extracting(ScriptedService.Request::line)
                .containsExactly("GET /my-bucket/a/b%3Fc%23d%20e.json");
    }

    @Test
    void readsNoMoreThanItMay() {
        assertThatThrownBy(() -> read("event.json", EVENT.length() - 1))
                .isInstanceOf(ObjectSource.Unreadable.class)
                .hasMessageContaining("it has more than");
    }

    @Test
    void tellsDeniedFromMissingFromNotAnswering() {
        refuse(403, "AccessDenied");
        assertThatThrownBy(() -> read("event.json", 9))
                .isInstanceOf(ObjectSource.Unreadable.class)
                .hasMessageContaining("access is denied");
        refuse(404, "NoSuchKey");
        assertThatThrownBy(() -> read("event.json", 9))
                .isInstanceOf(ObjectSource.Unreadable.class)
                .hasMessageContaining("no such bucket or object");
        refuse(501, "InternalError");
        assertThatThrownBy(() -> read("event.json", 9)).isInstanceOf(LambdaFault.OutcomeUnknown.class);
    }
}
