// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers with something else in them than was answered. */
final class Rewritten {
    private Rewritten() {}

    static FunctionConfiguration described(FunctionConfiguration was, String description) {
        return new FunctionConfiguration(
                was.functionArn(),
                was.functionName(),
                was.version(),
                was.memoryMB(),
                was.timeoutSeconds(),
                description,
                was.codeSha256(),
                was.revisionId(),
                was.architecture(),
                was.runtime(),
                was.state(),
                was.lastUpdateStatus(),
                was.lastUpdateReason(),
                was.logFormat(),
                was.systemLogLevel(),
                was.logGroup(),
                was.settingsDigest(),
                was.untunableReason(),
                was.traits());
    }

    /** As if no version had existed when the run began. */
    static Run withoutVersions(Run was) {
        return new Run(
                was.runId(),
                was.executionId(),
                was.function(),
                was.before(),
                0,
                was.promoteAlias(),
                was.input(),
                was.concurrency(),
                was.startedAt(),
                was.expiresAt(),
                was.notes());
    }

    /** The answer with another description in some of its aliases. */
    @Nullable
    static Object aliases(@Nullable Object answer, Predicate<AliasConfiguration> which, String description) {
        if (answer instanceof List<?> list) {
            return list.stream().map(one -> alias(one, which, description)).toList();
        }
        return answer instanceof Optional<?> one ? one.map(alias -> alias(alias, which, description)) : answer;
    }

    private static Object alias(Object was, Predicate<AliasConfiguration> which, String description) {
        return was instanceof AliasConfiguration alias && which.test(alias)
                ? new AliasConfiguration(
                        alias.name(), alias.version(), description, alias.revisionId(), alias.weights())
                : was;
    }
}
