// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be undone at an environment's end, the last thing first. A step that fails does not keep the others from it. */
final class Teardown implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Teardown.class.getName());

    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(String what, Runnable action) {}

    /** @param what names the step if it fails, as in "{@code what} failed" */
    synchronized void add(String what, Runnable action) {
        steps.push(new Step(what, action));
    }

    /** Does what has not been done yet; whoever comes second waits for the first. */
    @Override
    public synchronized void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.action().run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, step.what() + " failed", e);
            }
        }
    }
}
