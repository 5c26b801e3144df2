// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda entry of Promote: bytes to records and back. */
public final class PromoterHandler implements RequestStreamHandler {
    private final Promoter promoter;

    /** @param promoter the step */
    public PromoterHandler(Promoter promoter) {
        this.promoter = promoter;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        PromoterInput input = Json.mapper().readValue(in, PromoterInput.class);
        Json.mapper().writeValue(out, promoter.promote(input));
    }
}
