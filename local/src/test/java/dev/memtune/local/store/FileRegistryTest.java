// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.RegistryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryTest extends RegistryContract {
    @TempDir
    private Path folder;

    private FileRegistry registry;

    @BeforeEach
    void open() {
        registry = another();
    }

    private FileRegistry another() {
        return new FileRegistry(folder, Durability.PROCESS);
    }

    @Override
    protected Registry registry() {
        return registry;
    }

    @Test
    void findsAfterARestartWhatWasWritten() {
        registry.put(Items.uploaded("alpha"));
        registry.put(Items.ready("alpha"));

        assertThat(another().find("alpha")).contains(Items.ready("alpha"));
    }

    @Test
    void seesWhatAnotherProcessWrites() {
        registry.find("alpha");
        another().put(Items.uploaded("alpha"));

        assertThat(registry.find("alpha")).contains(Items.uploaded("alpha"));
        assertThat(registry.put(Items.uploaded("alpha"))).isFalse();
    }

    @Test
    void tellsItsChangesInOrderAndFromAnyOnOn() {
        registry.put(Items.uploaded("alpha"));
        registry.put(Items.ready("alpha"));
        registry.remove("alpha", 2);

        List<ItemChange> changes = another().changes(0, 10);
        assertThat(changes)
                .containsExactly(
                        new ItemChange(Optional.empty(), Optional.of(Items.uploaded("alpha"))),
                        new ItemChange(Optional.of(Items.uploaded("alpha")), Optional.of(Items.ready("alpha"))),
                        new ItemChange(Optional.of(Items.ready("alpha")), Optional.empty()));
        assertThat(registry.changes(1, 1)).containsExactly(changes.get(1));
        assertThat(registry.changes(7, 10)).isEmpty();
    }

    @Test
    void forgetsAChangeThatACrashCutOff() throws IOException {
        registry.put(Items.uploaded("alpha"));
        Files.writeString(folder.resolve("registry.log"), "0badc0de {\"name\":\"be", StandardOpenOption.APPEND);

        FileRegistry reopened = another();
        assertThat(reopened.all()).containsExactly(Items.uploaded("alpha"));
        assertThat(reopened.put(Items.ready("alpha"))).isTrue();
        assertThat(another().find("alpha").orElseThrow().status()).isEqualTo(AlgorithmStatus.READY);
    }
}
