// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda entry of Publish: bytes to records and back. */
public final class PublisherHandler implements RequestStreamHandler {
    private final Publisher publisher;

    /** @param publisher the step */
    public PublisherHandler(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        PublisherInput input = Json.mapper().readValue(in, PublisherInput.class);
        Json.mapper().writeValue(out, publisher.publish(input));
    }
}
