// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.util.List;

/**
 * What a state does about errors.
 *
 * @param retriers in order; the first that matches decides
 * @param catchers in order, asked when no retry is left
 */
public record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
    public Recovery {
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
    }
}
