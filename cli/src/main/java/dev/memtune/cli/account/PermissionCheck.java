// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which calls of a tuning are not permitted, by calls that cannot take effect: of names that do not exist, at
 * revisions that never were. AWS authorises a call before it looks at what it is about.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Evaluation</a>
 */
public final class PermissionCheck {
    /** An alias that no run has. */
    static final String NO_ALIAS = "memtune-preflight";

    private static final String NO_VERSION = "999999999";
    private static final String NO_REVISION = "00000000-0000-0000-0000-000000000000";
    private static final String NO_CODE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String DESCRIPTION = "memtune pre-flight: delete this version";

    private final FunctionControl control;
    private final AwsFunctionInvoker invoker;
    private final String function;
    private final List<String> missing = new ArrayList<>();

    /** @param function a name or an unqualified ARN */
    public PermissionCheck(FunctionControl control, AwsFunctionInvoker invoker, String function) {
        this.control = control;
        this.invoker = invoker;
        this.function = function;
    }

    /**
     * The actions that are not permitted, such as {@code lambda:PublishVersion}, in the order in which a run needs them.
     *
     * @param latest {@code $LATEST} as it is
     */
    public List<String> missing(FunctionConfiguration latest) {
        missing.clear();
        probe("lambda:ListVersionsByFunction", () -> control.versions(function));
        probe("lambda:ListAliases", () -> control.aliases(function));
        probe("lambda:GetAlias", () -> control.alias(function, NO_ALIAS));
        probe("lambda:CreateAlias", this::createAlias);
        probe("lambda:UpdateAlias", () -> control.updateAlias(function, NO_ALIAS, NO_VERSION, null, NO_REVISION));
        probe("lambda:DeleteAlias", () -> control.deleteAlias(function, NO_ALIAS));
        probe(
                "lambda:UpdateFunctionConfiguration",
                () -> control.updateMemory(function, latest.memoryMB(), NO_REVISION));
        probe("lambda:PublishVersion", this::publish);
        probe("lambda:DeleteFunction", () -> control.deleteVersion(function, NO_VERSION));
        probe("lambda:InvokeFunction", () -> invoker.rehearse(function, NO_ALIAS));
        return List.copyOf(missing);
    }

    /** Whether AWS says that the caller may not do this, rather than that it does not know the caller, or its role. */
    public static boolean isMissing(LambdaFault.Denied denied) {
        String message = String.valueOf(denied.getMessage());
        boolean isRole = message.contains("sts:AssumeRole");
        return !isRole && (message.startsWith("AccessDenied") || message.contains("not authorized to perform"));
    }

    private void probe(String action, Runnable call) {
        try {
            call.run();
        } catch (LambdaFault.Denied e) {
            if (!isMissing(e)) {
                throw e;
            }
            missing.add(action);
        } catch (LambdaFault e) {
            // Permitted, and refused for what it is about; or not answered, which the run itself will see.
        }
    }

    /** What an endpoint lets through that looks at nothing is taken back. */
    private void createAlias() {
        control.createAlias(function, NO_ALIAS, NO_VERSION, DESCRIPTION);
        control.deleteAlias(function, NO_ALIAS);
    }

    private void publish() {
        FunctionConfiguration version = control.publishVersion(function, NO_CODE, NO_REVISION, DESCRIPTION);
        if (version.description().equals(DESCRIPTION)) {
            control.deleteVersion(function, version.version());
        }
    }
}
