// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Gives every request a body of known length, an empty one if it has none. {@link java.net.HttpURLConnection} sends a
 * request a second time by itself when the connection breaks before the answer, unless its body is streamed; a deletion
 * has no body, and a second one could hit what somebody else has made in between under the same name. (For POST there is
 * {@code sun.net.http.retryPost} too, but a library does not own the JVM's properties.) Not for reads: a GET with a body is
 * sent as a POST.
 */
final class SentOnce implements ExecutionInterceptor {
    private static final String LENGTH = "Content-Length";

    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.requestBody().or(() -> Optional.of(RequestBody.empty()));
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        if (request.firstMatchingHeader(LENGTH).isPresent()) {
            return request;
        }
        long length = context.requestBody()
                .flatMap(RequestBody::optionalContentLength)
                .orElse(0L);
        return request.toBuilder().putHeader(LENGTH, Long.toString(length)).build();
    }
}
