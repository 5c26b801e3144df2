// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.search.Budget;
import dev.memtune.core.search.ClimbAndRacePlanner;
import dev.memtune.core.search.ExhaustivePlanner;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.LeaderPlanner;
import dev.memtune.core.search.Planner;
import dev.memtune.core.search.Preset;
import dev.memtune.core.search.SearchSettings;
import dev.memtune.core.search.SizeSpace;
import dev.memtune.core.wire.Procedure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A policy to replay. */
public sealed interface Policy {
    /** Its name as on the command line. */
    String label();

    /** The goal with the tolerance and the confidence that it states. */
    Goal goal(Goal goal);

    /** Its planner, fresh. */
    Planner planner(SizeSpace sizes, Goal goal, SearchSettings.Ties ties);

    /** The search of a preset. */
    record Search(Preset preset) implements Policy {
        @Override
        public String label() {
            return preset.name();
        }

        @Override
        public Goal goal(Goal goal) {
            return preset.goal(goal);
        }

        @Override
        public Planner planner(SizeSpace sizes, Goal goal, SearchSettings.Ties ties) {
            return new ClimbAndRacePlanner(new SearchSettings(preset, goal, sizes, Budget.UNLIMITED, 0, ties));
        }
    }

    /** So many invocations at every size. */
    record Exhaustive(int count) implements Policy {
        @Override
        public String label() {
            return ExhaustivePlanner.NAME + ":" + count;
        }

        @Override
        public Goal goal(Goal goal) {
            return goal;
        }

        @Override
        public Planner planner(SizeSpace sizes, Goal goal, SearchSettings.Ties ties) {
            return new ExhaustivePlanner(List.copyOf(sizes.values()), count, goal);
        }
    }

    /** AWS Lambda Power Tuning's rule with so many invocations at every size. */
    record Leader(int count) implements Policy {
        @Override
        public String label() {
            return LeaderPlanner.NAME + ":" + count;
        }

        @Override
        public Goal goal(Goal goal) {
            return goal;
        }

        @Override
        public Planner planner(SizeSpace sizes, Goal goal, SearchSettings.Ties ties) {
            return new LeaderPlanner(
                    new ExhaustivePlanner(List.copyOf(sizes.values()), count, goal), goal, Procedure.USUAL_DISCARD);
        }
    }

    /** How policies are written. */
    String FORMS = "quick, standard, rigorous, exhaustive:N or leader:N, N from 1 to 10000";

    /** The policy that a text names; empty if it names none. */
    static Optional<Policy> parse(String text) {
        Optional<Policy> search = Preset.of(text).map(Search::new);
        if (search.isPresent()) {
            return search;
        }
        Matcher matcher =
                Pattern.compile("(exhaustive|leader):([1-9][0-9]{0,3}|10000)").matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(2));
        return Optional.of(matcher.group(1).equals(LeaderPlanner.NAME) ? new Leader(count) : new Exhaustive(count));
    }
}
