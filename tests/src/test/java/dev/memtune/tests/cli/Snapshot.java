// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import java.util.List;

/**
 * What a function is like, without what changes with every write and means nothing: two that are equal say that nothing was
 * left behind.
 *
 * @param versions {@code $LATEST} and every version, with memory size, code and all settings
 * @param aliases every alias with all it says
 */
record Snapshot(List<String> versions, List<String> aliases) {
    static Snapshot of(FunctionControl control, String function) {
        return new Snapshot(
                control.versions(function).stream().map(Snapshot::line).toList(),
                control.aliases(function).stream().map(Snapshot::line).sorted().toList());
    }

    private static String line(FunctionConfiguration one) {
        return String.join(
                " ",
                one.version(),
                one.memoryMB() + " MB",
                one.timeoutSeconds() + " s",
                one.state(),
                String.valueOf(one.codeSha256()),
                one.settingsDigest(),
                one.description());
    }

    private static String line(AliasConfiguration one) {
        return String.join(" ", one.name(), "->", one.version(), one.weights().toString(), one.description());
    }
}
