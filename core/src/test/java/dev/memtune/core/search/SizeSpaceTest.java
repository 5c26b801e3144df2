// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SizeSpaceTest {
    @Test
    void visitsAllOfAFewSizes() {
        assertThat(SizeSpace.only(List.of(512, 128, 640)).rungs()).containsExactly(128, 512, 640);
    }

    @Test
    void visitsTheLadderOfManySizes() {
        List<Integer> all = IntStream.iterate(128, size -> size <= 3008, size -> size + 64)
                .boxed()
                .toList();
        assertThat(SizeSpace.only(all).rungs()).containsExactly(128, 256, 512, 1024, 1792, 3008);
    }

    @Test
    void spansANarrowRangeEvenly() {
        List<Integer> all = IntStream.rangeClosed(200, 400).boxed().toList();
        assertThat(SizeSpace.only(all).rungs()).hasSize(6).startsWith(200).endsWith(400);
    }

    @Test
    void findsANearSizeOrNone() {
        SizeSpace space = SizeSpace.only(List.of(128, 500, 520, 1024));
        assertThat(space.nearest(512)).hasValue(520);
        assertThat(space.nearest(505)).hasValue(500);
        assertThat(space.nearest(700)).isEmpty();
        assertThat(space.nearest(64)).isEmpty();
    }

    @Test
    void allowsEverySizeBetweenTheNamedOnes() {
        SizeSpace space = SizeSpace.between(List.of(256, 1024));
        assertThat(space.nearest(603)).hasValue(603);
        assertThat(space.nearest(1800)).isEmpty();
    }

    @Test
    void rejectsAnEmptySet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SizeSpace.only(List.of()))
                .withMessageContaining("values must not be empty");
    }
}
