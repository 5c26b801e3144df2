// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A hash over every setting of a function but those that Memtune changes or AWS changes by itself. It walks the SDK's own
 * list of fields, so that a setting that a later SDK adds is covered without a change here. It does not use
 * {@code toString}, which hides environment variables.
 */
final class SettingsDigest {
    /**
     * Members that differ between {@code $LATEST} and a version published from it, or from one moment to the next, although
     * nobody changed anything. CodeSha256 is compared on its own.
     */
    private static final Set<String> LEFT_OUT = Set.of(
            "CodeSha256",
            "CodeSize",
            "ConfigSha256",
            "Description",
            "FunctionArn",
            "LastModified",
            "LastUpdateStatus",
            "LastUpdateStatusReason",
            "LastUpdateStatusReasonCode",
            "MasterArn",
            "MemorySize",
            "RevisionId",
            "RuntimeVersionConfig",
            "State",
            "StateReason",
            "StateReasonCode",
            "Version");

    /** The state of a version's snapshot, within SnapStart's settings; the log level, which is compared on its own. */
    private static final Set<String> LEFT_OUT_WITHIN = Set.of("OptimizationStatus", "SystemLogLevel");

    private SettingsDigest() {}

    /** The digest of a configuration, 64 hexadecimal digits. */
    static String of(SdkPojo configuration) {
        StringBuilder text = new StringBuilder();
        appendFields(text, configuration, LEFT_OUT);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case SdkPojo pojo -> appendFields(text, pojo, LEFT_OUT_WITHIN);
            case Map<?, ?> map -> {
                TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, member) -> sorted.put(String.valueOf(key), member));
                sorted.forEach((key, member) -> appendMember(text, key, member));
            }
            case Collection<?> list -> {
                text.append('[');
                list.forEach(element -> append(text.append(';'), element));
                text.append(']');
            }
            default -> {
                String leaf = value.toString();
                text.append(leaf.length()).append(':').append(leaf);
            }
        }
    }

    private static void appendFields(StringBuilder text, SdkPojo pojo, Set<String> leftOut) {
        TreeMap<String, @Nullable Object> fields = new TreeMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            // Some answers leave out what others tell as empty.
            if (!isEmpty(value) && !leftOut.contains(field.memberName())) {
                fields.put(field.memberName(), value);
            }
        }
        fields.forEach((name, value) -> appendMember(text, name, value));
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case SdkPojo pojo -> pojo.sdkFields().stream().allMatch(field -> isEmpty(field.getValueOrDefault(pojo)));
            default -> false;
        };
    }

    private static void appendMember(StringBuilder text, String name, @Nullable Object value) {
        text.append('{').append(name).append('=');
        append(text, value);
        text.append('}');
    }
}
