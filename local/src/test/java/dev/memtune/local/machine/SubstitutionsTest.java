// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.local.machine.definition.InvalidDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutionsTest {

    @Test
    void putsValuesIn() {
        String filled = Substitutions.apply(
                "{\"Resource\":\"${Arn}\",\"TimeoutSeconds\":${Limit},\"again\":\"${Arn}\"}",
                Map.of("Arn", "a$1:b", "Limit", "7", "Unused", "x"));

        assertThat(filled).isEqualTo("{\"Resource\":\"a$1:b\",\"TimeoutSeconds\":7,\"again\":\"a$1:b\"}");
    }

    @Test
    void namesEveryPlaceThatIsLeftOver() {
        assertThatExceptionOfType(InvalidDefinition.class)
                .isThrownBy(() -> Substitutions.apply("\"${B} ${A} ${C} ${B}\"", Map.of("C", "")))
                .withMessageContaining("no value is given for ${A}, ${B}");
    }

    @Test
    void refusesValuesThatWouldBreakTheJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Substitutions.apply("\"${A}\"", Map.of("A", "\"")))
                .withMessageContaining("${A}");
    }
}
