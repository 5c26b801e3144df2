// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda entry of Initialize: bytes to records and back. */
public final class InitializerHandler implements RequestStreamHandler {
    private final Initializer initializer;

    /** @param initializer the step */
    public InitializerHandler(Initializer initializer) {
        this.initializer = initializer;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        InitializerInput input = Json.mapper().readValue(in, InitializerInput.class);
        Json.mapper().writeValue(out, initializer.initialize(input));
    }
}
