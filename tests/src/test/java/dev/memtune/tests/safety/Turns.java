// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Lets one of several threads run at a time and passes the turn on at every call, drawn by a seed. */
final class Turns {
    private final SplittableRandom random;
    private final List<Integer> alive = new ArrayList<>();
    private final ThreadLocal<Integer> self = ThreadLocal.withInitial(() -> -1);
    private int current;

    /** @param actors how many threads; they are numbered from 0 */
    Turns(long seed, int actors) {
        random = new SplittableRandom(seed);
        for (int actor = 0; actor < actors; actor++) {
            alive.add(actor);
        }
        current = random.nextInt(actors);
    }

    /** Which actor this thread is; -1 if none. */
    int self() {
        return self.get();
    }

    /** The calling thread is this actor and waits for its first turn. */
    synchronized void begin(int actor) {
        self.set(actor);
        await(actor);
    }

    /** Passes the turn on, perhaps to the caller itself; returns at the caller's next turn. No actor, no turns. */
    synchronized void pass() {
        int actor = self.get();
        if (actor >= 0) {
            draw();
            await(actor);
        }
    }

    /** The calling actor is done. */
    synchronized void end() {
        alive.removeIf(actor -> actor.equals(self.get()));
        if (!alive.isEmpty()) {
            draw();
        }
    }

    private void draw() {
        current = alive.get(random.nextInt(alive.size()));
        notifyAll();
    }

    private void await(int actor) {
        while (current != actor) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts actors", e);
            }
        }
    }
}
