// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each defect of the safety core must make the sweep report a violation: does the test bite? */
class MutantsTest {
    private static final List<Setup> SETUPS =
            List.of(Setup.HELD_BY_ANOTHER, Setup.PROMOTE_EXISTING, Setup.ALIAS_NAME_TAKEN);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFoundByTheSweep(Mutant mutant) {
        Stream<Scenario> faultless = SETUPS.stream().map(setup -> new Scenario(setup, Map.of(), mutant));
        Optional<String> found = Stream.concat(faultless, SETUPS.stream().flatMap(setup -> scenarios(setup, mutant)))
                .flatMap(scenario -> scenario.violations().stream())
                .findFirst();
        System.out.println(mutant + ": " + found.orElse("not found"));
        assertThat(found).isPresent();
    }

    private static Stream<Scenario> scenarios(Setup setup, Mutant mutant) {
        Scenario faultless = new Scenario(setup, Map.of(), mutant);
        faultless.violations();
        return Stream.of(Fault.values()).flatMap(fault -> IntStream.rangeClosed(1, faultless.pointCount())
                .filter(at -> faultless.isPossible(fault, at))
                .mapToObj(at -> new Scenario(setup, Map.of(at, fault), mutant)));
    }
}
