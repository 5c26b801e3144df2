// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.local.process.Isolation;
import dev.memtune.report.TuningText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of this machine bears on figures that were measured on it. */
public final class HostNotes {
    private HostNotes() {}

    /** Notes for results of this host. */
    public static Map<String, String> of(EmbeddedHost host) {
        Isolation isolation = host.isolation();
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("host", "embedded");
        notes.put("cpu", isolation.cpu());
        notes.put("memory", isolation.memory());
        notes.put("files", isolation.files());
        notes.put(TuningText.CPUS, String.valueOf(isolation.cpus()));
        notes.put("cpuEnforced", String.valueOf(isolation.cpuEnforced()));
        return notes;
    }
}
