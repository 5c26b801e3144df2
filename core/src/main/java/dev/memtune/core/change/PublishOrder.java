// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order arms are published. AWS publishes nothing where nothing changed since the last version, so arms of one size
 * take turns with those of others, as far as there are any; and the size that is set already comes first, which saves a
 * change.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html">PublishVersion</a>
 */
final class PublishOrder {
    private PublishOrder() {}

    static List<Arm> of(List<Arm> missing, int presentMB, Ledger ledger) {
        Map<Integer, Deque<Arm>> bySize = new LinkedHashMap<>();
        missing.forEach(arm -> bySize.computeIfAbsent(arm.memoryMB(), size -> new ArrayDeque<>())
                .add(arm));
        List<Integer> sizes = new ArrayList<>(bySize.keySet());
        if (bySize.containsKey(presentMB)) {
            sizes.removeIf(size -> size == presentMB);
            sizes.addFirst(presentMB);
        }
        boolean isOneOfSeveral =
                missing.stream().anyMatch(arm -> !Arm.comparedAs(arm.id()).equals(arm.id()));
        if (isOneOfSeveral && sizes.getFirst() == lastPublishedMB(ledger)) {
            Collections.rotate(sizes, -1);
        }
        List<Arm> order = new ArrayList<>();
        while (order.size() < missing.size()) {
            for (int size : sizes) {
                Arm next = bySize.getOrDefault(size, new ArrayDeque<>()).poll();
                if (next != null) {
                    order.add(next);
                }
            }
        }
        return order;
    }

    private static int lastPublishedMB(Ledger ledger) {
        return ledger.last(Kind.PUBLISHED).map(LedgerEntry::memoryMB).orElse(0);
    }
}
