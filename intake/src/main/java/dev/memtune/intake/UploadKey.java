// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an algorithm's name off its zip's key: {@code uploads/NAME.zip}, and on a laptop {@code NAME.zip}. */
final class UploadKey {
    private static final Pattern KEY = Pattern.compile("(?:uploads/)?([A-Za-z0-9_-]{1,64})\\.zip");

    private UploadKey() {}

    /** The name, or empty if the key is not that of an upload. */
    static Optional<String> name(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether a zip can arrive under an algorithm's name. */
    static boolean isOf(String name) {
        return name(name + ".zip").filter(name::equals).isPresent();
    }
}
