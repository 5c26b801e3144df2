// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.dynamodb;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.aws.runs.AwsTuningSlots;
import dev.memtune.core.port.TuningSlots;
import dev.memtune.core.port.TuningSlotsContract;
import dev.memtune.core.port.VirtualClock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has a table of its own. */
class AwsTuningSlotsTest implements TuningSlotsContract {
    private static @Nullable LocalTable tables;

    private final VirtualClock clock = new VirtualClock();
    private @Nullable TuningSlots slots;

    @BeforeAll
    static void start() throws Exception {
        tables = LocalTable.start();
    }

    @AfterAll
    static void stop() {
        tables().close();
    }

    @BeforeEach
    void create() {
        slots = AwsTuningSlots.of(tables().settings(tables().create(), clock), MOST);
    }

    @Override
    public TuningSlots slots() {
        return Objects.requireNonNull(slots, "slots");
    }

    @Override
    public VirtualClock clock() {
        return clock;
    }

    @Test
    void refusesToHaveNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AwsTuningSlots.of(tables().settings("runs", clock), 0))
                .withMessage("the number of slots must be at least 1, got: 0");
    }

    private static LocalTable tables() {
        return Objects.requireNonNull(tables, "tables");
    }
}
