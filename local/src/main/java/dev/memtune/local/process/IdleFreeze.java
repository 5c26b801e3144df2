// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/**
 * Lets an environment rest between invocations, as Lambda freezes it, but only once its runtime has asked for the next one:
 * before that its connection to the Runtime API would be idle, and be closed in the end.
 */
final class IdleFreeze {
    private final Confinement confinement;
    private boolean inUse = true;
    private boolean asking;

    /** An environment that runs: its init begins. */
    IdleFreeze(Confinement confinement) {
        this.confinement = confinement;
    }

    /** An invocation is about to use the environment. */
    synchronized void use() {
        inUse = true;
        confinement.active(true);
    }

    /** The invocation was handed out. */
    synchronized void delivered() {
        asking = false;
    }

    /** The invocation is over. */
    synchronized void release() {
        inUse = false;
        restIfAsking();
    }

    /** The runtime asks for an invocation. */
    synchronized void asked() {
        asking = true;
        restIfAsking();
    }

    private void restIfAsking() {
        if (asking && !inUse) {
            confinement.active(false);
        }
    }
}
