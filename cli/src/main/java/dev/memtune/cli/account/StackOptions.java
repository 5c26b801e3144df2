// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import dev.memtune.aws.Endpoint;
import dev.memtune.aws.stacks.StackOutputs;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.port.LambdaFault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which deployed stack a command works on, if it is to work on one. */
public final class StackOptions {
    /** Outputs of {@code template.yaml}. */
    private static final String TABLE = "RegistryTableName";

    private static final String BUCKET = "UploadBucketName";

    private static final String RUNS = "RunTableName";

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "A stack that was deployed with Uploads=true, instead of a watched folder.")
    private @Nullable String stack;

    @Mixin
    private final AccountOptions account = new AccountOptions();

    /**
     * Whether there is a stack to work on.
     *
     * @throws BadInput if it is said where it is, and not which
     */
    public boolean isGiven() {
        if (stack == null && account.isGiven()) {
            throw bad("must be given with --region, --profile, --endpoint-url, --role-arn", "nothing", "Add it");
        }
        return stack != null;
    }

    /** Whether a stack is named; where it would be may be said without. */
    public boolean isNamed() {
        return stack != null;
    }

    /** Where it is and as whom it is asked for. */
    public AccountOptions account() {
        return account;
    }

    /**
     * The stack, as its outputs tell.
     *
     * @throws BadInput if it is not there, or takes no uploads
     * @throws LambdaFault if CloudFormation refuses, or does not answer
     */
    public UploadStack open() {
        String name = Objects.requireNonNull(stack, "stack");
        Endpoint endpoint = account.endpoint();
        Map<String, String> outputs = outputs(endpoint, name);
        String table = outputs.get(TABLE);
        String bucket = outputs.get(BUCKET);
        if (table == null || bucket == null) {
            throw bad("must have the outputs " + TABLE + " and " + BUCKET, name, "Deploy it with Uploads=true");
        }
        return new UploadStack(name, endpoint, table, bucket, outputs.getOrDefault(RUNS, ""));
    }

    private static Map<String, String> outputs(Endpoint endpoint, String name) {
        try {
            return StackOutputs.of(endpoint, name);
        } catch (LambdaFault.NotFound e) {
            throw bad("must be a stack of this account and region", name, "Check --profile and --region");
        }
    }

    private static BadInput bad(String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem("--stack", rule, received, remedy)));
    }
}
