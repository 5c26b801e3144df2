// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that share numbered jobs. The first failure cancels all others and is the crew's failure; no thread is
 * left when the crew is done.
 */
final class Crew {
    /** One job. */
    interface Job {
        JsonNode run(int index, Scope scope);
    }

    private final Scope parent;
    private final Scope scope;
    private final Job job;
    private final JsonNode[] results;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    private Crew(Scope parent, int jobs, Job job) {
        this.parent = parent;
        this.scope = parent.child();
        this.job = job;
        this.results = new JsonNode[jobs];
    }

    /**
     * Runs all jobs.
     *
     * @param width how many at once at most, at least 1
     * @return the results in the order of the jobs' numbers
     */
    static List<JsonNode> run(Scope parent, int jobs, int width, Job job) {
        Crew crew = new Crew(parent, jobs, job);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(jobs, width); i++) {
            workers.add(Thread.ofVirtual().start(crew::work));
        }
        workers.forEach(crew::await);
        return crew.results();
    }

    private void work() {
        try {
            scope.join();
            for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                scope.check();
                results[i] = job.run(i, scope);
            }
        } catch (Cancelled e) {
            scope.cancel();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            scope.cancel();
        } catch (Error e) {
            failure.compareAndSet(null, new IllegalStateException(e.toString(), e));
            scope.cancel();
        } finally {
            scope.leave();
        }
    }

    /** Waits for the end of a worker, whatever happens; an interruption only hurries the workers. */
    private void await(Thread worker) {
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                scope.cancel();
            }
        }
    }

    private List<JsonNode> results() {
        parent.check();
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        if (Arrays.asList(results).contains(null)) {
            throw new IllegalStateException("a thread of the execution was interrupted from outside");
        }
        return Arrays.asList(results);
    }
}
