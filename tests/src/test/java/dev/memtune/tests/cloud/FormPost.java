// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import dev.memtune.core.port.UploadForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form as a browser or {@code curl -F} posts it.
 *
 * @param url where to
 * @param fields what is sent before the file
 */
record FormPost(URI url, Map<String, String> fields) {
    private static final String BOUNDARY = "----a-line-that-no-file-has";

    static FormPost of(UploadForm form) {
        return new FormPost(form.url(), form.fields());
    }

    /** The same form with one field set otherwise, as somebody may who has it. */
    FormPost with(String field, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return new FormPost(url, changed);
    }

    /** Sends a file. */
    HttpResponse<String> send(byte[] file) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            body.writeBytes(utf8(head("name=\"" + field.getKey() + "\"") + field.getValue()));
        }
        body.writeBytes(utf8(head("name=\"file\"; filename=\"any.zip\"")));
        body.writeBytes(file);
        body.writeBytes(utf8("\r\n--" + BOUNDARY + "--\r\n"));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static String head(String disposition) {
        return "\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
