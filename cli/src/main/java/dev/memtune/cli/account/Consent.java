// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import dev.memtune.cli.Terminal;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.util.List;

/**
 * A person's yes, before a function in an account is invoked and paid for.
 *
 * @param terminal where a person may sit
 * @param given whether the yes was given on the command line
 */
public record Consent(Terminal terminal, boolean given) {

    /**
     * Makes sure that the yes is there or can be asked for, before anything else is done.
     *
     * @param remedy what else can be done than to sit in front of it
     * @throws BadInput if not
     */
    public void requirePossible(String remedy) {
        if (!given && !terminal.interactive()) {
            throw new BadInput(
                    List.of(new Problem("--yes", "must be given when nobody can be asked", "nothing", remedy)));
        }
    }

    /**
     * Says what is about to be done, and asks unless the yes was given.
     *
     * @throws BadInput if the answer is not yes
     */
    public void require(List<String> lines) {
        lines.forEach(line -> terminal.err().println("memtune: " + line));
        if (!given && !terminal.confirm("Go on?")) {
            throw new BadInput(List.of(new Problem("answer", "must be y to go on", "no", "Nothing was touched")));
        }
    }

    /** The refusal of invocations whose event nobody put in words. */
    public static BadInput withoutPayload(String function) {
        return new BadInput(List.of(new Problem(
                "--payload",
                "must be given for a deployed function, because its invocations have real effects",
                "nothing",
                "Give an event, at least --payload '{}'; if a folder or zip was meant: there is none at " + function)));
    }
}
