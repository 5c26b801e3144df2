// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.local.machine.Substitutions;
import dev.memtune.local.machine.definition.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The state machine file that is also deployed. */
final class MachineFile {
    private static final String RESOURCE = "/dev/memtune/statemachine/memtune.asl.json";

    private MachineFile() {}

    static StateMachine machine(Map<String, String> substitutions) {
        try (InputStream in = MachineFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path: build with Maven");
            }
            return StateMachine.parse(
                    Substitutions.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8), substitutions));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }
}
