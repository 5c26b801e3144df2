// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/** Functions that encode, hash and name; see {@link Intrinsic}. */
final class CodingIntrinsics {
    private static final int MAX_CHARS = 10_000;
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private CodingIntrinsics() {}

    static JsonNode encode(Arguments arguments) {
        byte[] bytes = arguments.text(0, MAX_CHARS).getBytes(UTF_8);
        return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    static JsonNode decode(Arguments arguments) {
        try {
            byte[] bytes = Base64.getDecoder().decode(arguments.text(0, MAX_CHARS));
            return TextNode.valueOf(new String(bytes, UTF_8));
        } catch (IllegalArgumentException e) {
            throw arguments.failure("the string is not Base64: " + e.getMessage());
        }
    }

    /** The digest in lower-case hexadecimal; what is not a string is hashed as its JSON text. */
    static JsonNode hash(Arguments arguments) {
        JsonNode value = arguments.value(0);
        String data = value.isTextual() ? arguments.text(0, MAX_CHARS) : Json.text(value);
        String algorithm = arguments.text(1);
        if (!ALGORITHMS.contains(algorithm)) {
            throw arguments.failure("argument 2 must be one of " + ALGORITHMS + ", got " + algorithm);
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(UTF_8));
            return TextNode.valueOf(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }

    /** A random UUID of version 4 from the injected randomness. */
    static JsonNode uuid(Arguments arguments) {
        long high = (arguments.random().nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (arguments.random().nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return TextNode.valueOf(new UUID(high, low).toString());
    }
}
