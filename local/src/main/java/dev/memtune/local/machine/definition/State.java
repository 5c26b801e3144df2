// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Expression;
import dev.memtune.local.machine.data.Path;
import dev.memtune.local.machine.data.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state, with everything that its type allows. Where a state has a {@code next}, null means that it ends its flow. Source:
 * <a href="https://states-language.net/spec.html">Amazon States Language</a>.
 */
public sealed interface State {
    /** Its name, unique in the whole machine. */
    String name();

    /** How data goes through it. */
    DataFlow dataFlow();

    /** A state that can fail and be tried again. */
    sealed interface Recoverable extends State permits Task, MapEach, Parallel {
        /** What it does about errors. */
        Recovery recovery();

        /** The state after it; null if none. */
        @Nullable
        String next();
    }

    /**
     * Runs a task.
     *
     * @param resource the function's ARN
     * @param timeoutSeconds null for no limit
     */
    record Task(
            String name,
            DataFlow dataFlow,
            Recovery recovery,
            String resource,
            @Nullable Quantity timeoutSeconds,
            @Nullable String next)
            implements Recoverable {}

    /**
     * Runs a flow for each element of an array.
     *
     * @param items where the array stands
     * @param itemSelector makes the input of an iteration; null gives it the element
     * @param maxConcurrency 0 for as many as possible
     */
    record MapEach(
            String name,
            DataFlow dataFlow,
            Recovery recovery,
            Path items,
            @Nullable Template itemSelector,
            Quantity maxConcurrency,
            Flow processor,
            @Nullable String next)
            implements Recoverable {}

    /** Runs several flows at once on the same input. */
    record Parallel(
            String name,
            DataFlow dataFlow,
            Recovery recovery,
            List<Flow> branches,
            @Nullable String next) implements Recoverable {
        public Parallel {
            branches = List.copyOf(branches);
        }
    }

    /**
     * Goes where the first true rule says.
     *
     * @param otherwise the Default; null if there is none
     */
    record Choice(
            String name,
            DataFlow dataFlow,
            List<Option> options,
            @Nullable String otherwise) implements State {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** One rule of a Choice and the state that it leads to. */
    record Option(Rule rule, String next) {}

    /** Waits. */
    record Wait(
            String name,
            DataFlow dataFlow,
            Delay delay,
            @Nullable String next) implements State {}

    /**
     * Passes its input, or a fixed result, on.
     *
     * @param result null for the input
     */
    record Pass(
            String name,
            DataFlow dataFlow,
            @Nullable JsonNode result,
            @Nullable String next) implements State {}

    /** Ends its flow with success. */
    record Succeed(String name, DataFlow dataFlow) implements State {}

    /**
     * Ends its flow with a failure.
     *
     * @param error null for none
     * @param cause null for none
     */
    record Fail(
            String name,
            DataFlow dataFlow,
            @Nullable Expression error,
            @Nullable Expression cause) implements State {
        /** The longest Error. Source: StartExecution's and StopExecution's API reference. */
        public static final int MAX_ERROR_CHARS = 256;
        /** The longest Cause; same source. */
        public static final int MAX_CAUSE_CHARS = 32_768;
    }
}
