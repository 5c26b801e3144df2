// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {
    @ParameterizedTest
    @CsvSource({
        "0055AED6DCD90281E5, 0055AED6DCD90281E4, true",
        "0055AED6DCD90281E5, 0055AED6DCD90281E5, false",
        "0055AED6DCD90281E4, 0055AED6DCD90281E5, false",
        // The shorter one is padded on its right.
        "01, 00FF, true",
        "1, 10, false",
        "11, 1, true",
        "0a, 0A, false",
    })
    void ordersBySequencerAsS3Says(String one, String other, boolean isNewer) {
        assertThat(Items.upload("alpha", "a", one).isNewerThan(Items.upload("alpha", "b", other)))
                .isEqualTo(isNewer);
    }

    @Test
    void hasNoOrderAcrossKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Items.upload("alpha", "a", "2").isNewerThan(Items.upload("beta", "b", "1")))
                .withMessageContaining("only uploads of one key have an order");
    }

    @Test
    void makesNamesThatStepFunctionsTakes() {
        String longName = "a".repeat(64);
        Stream.of("alpha", longName).map(Items::uploaded).map(ExecutionName::of).forEach(name -> assertThat(name)
                .matches("[0-9A-Za-z_-]{1," + ExecutionName.MAX_CHARS + "}"));
        assertThat(ExecutionName.of(Items.uploaded("alpha"))).isEqualTo(ExecutionName.of(Items.ready("alpha")));
    }

    @Test
    void findsTheAlgorithmInTheNameOfItsExecution() {
        String machine = "arn:aws:states:eu-central-1:123456789012:execution:memtune:";
        Stream.of("alpha", "a-1", "a".repeat(64))
                .forEach(name -> assertThat(ExecutionName.algorithm(machine + ExecutionName.of(Items.uploaded(name))))
                        .contains(name));
        assertThat(ExecutionName.algorithm(machine + "by-hand")).isEmpty();
        assertThat(ExecutionName.algorithm(machine + "6f0a1c9e-7a30-4a3c-a8a0-3f4c5d6e7f80"))
                .isEmpty();
    }
}
