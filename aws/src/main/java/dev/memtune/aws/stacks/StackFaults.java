// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import dev.memtune.aws.Faults;
import dev.memtune.core.port.LambdaFault;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/**
 * CloudFormation's errors as {@link LambdaFault}s. Most have the code {@code ValidationError}, and only the message tells them
 * apart.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html">Common errors</a>
 */
final class StackFaults {
    private static final Set<String> UNDER_WAY = Set.of("AlreadyExistsException", "OperationInProgressException");
    private static final String BEGUN_BEFORE = "TokenAlreadyExistsException";
    private static final String NO_ROOM = "LimitExceededException";

    private static final Pattern MISSING = Pattern.compile("Stack .* does not exist");
    private static final Pattern BUSY =
            Pattern.compile("is in [A-Z_]+ state and can ?not be|can ?not be deleted while in status");
    private static final String NO_CHANGE = "No updates are to be performed";

    private StackFaults() {}

    /** Makes a call and translates how it fails. */
    static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (CloudFormationException e) {
            throw of(e);
        } catch (SdkException e) {
            throw Faults.unanswered("CloudFormation", e);
        }
    }

    private static LambdaFault of(CloudFormationException error) {
        String message = code(error) + ": " + text(error);
        if (UNDER_WAY.contains(code(error)) || BUSY.matcher(message).find()) {
            return new LambdaFault.Conflict(message, error);
        }
        if (isMissing(error)) {
            return new LambdaFault.NotFound(message, error);
        }
        return code(error).equals(NO_ROOM) ? new LambdaFault.NotReady(message, error) : Faults.of(error);
    }

    static boolean isMissing(CloudFormationException error) {
        return MISSING.matcher(text(error)).find();
    }

    /** Whether a change has nothing left to do: all is as it should be, or was begun before. */
    static boolean isDone(CloudFormationException error) {
        return text(error).contains(NO_CHANGE) || code(error).equals(BEGUN_BEFORE);
    }

    private static String code(CloudFormationException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String text(CloudFormationException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details == null ? String.valueOf(error.getMessage()) : String.valueOf(details.errorMessage());
    }
}
