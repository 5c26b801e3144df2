// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.aws.stacks.AwsAlgorithmStacks;
import dev.memtune.aws.stacks.StackSettings;
import dev.memtune.core.port.EndAnnouncer;
import dev.memtune.core.port.ExecutionStarter;
import dev.memtune.core.port.Reminder;
import dev.memtune.core.port.UploadForms;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ports of what happens before and after a tuning, wired from the environment as {@link StepPorts} are.
 *
 * <pre>
 * MEMTUNE_REGISTRY        the registry's table
 * MEMTUNE_UPLOADS         the bucket where parts of uploads are kept
 * MEMTUNE_FORM_MINUTES    how long a form for an upload is taken
 * MEMTUNE_STATE_MACHINE   the ARN of the state machine that tunes
 * MEMTUNE_EVENT_BUS       the event bus that ends are told to; none if unset or empty
 * MEMTUNE_LOOKS           the URL of the queue that brings back what is to be looked at again
 * MEMTUNE_STACK_PREFIX    how the names of algorithms' stacks begin
 * MEMTUNE_STACK_ROLE      as whom CloudFormation makes them
 * MEMTUNE_STACK_BOUNDARY  the permissions boundary of their functions
 * MEMTUNE_OPT_IN          the value of their functions' tags
 * MEMTUNE_ALIAS           the alias that is promoted
 * MEMTUNE_LOG_DAYS        how long their logs are kept
 * MEMTUNE_TOPIC           the SNS topic that ends are told to; none if unset or empty
 * </pre>
 */
public final class UploadPorts {
    private static final String REGISTRY = "MEMTUNE_REGISTRY";
    private static final String UPLOADS = "MEMTUNE_UPLOADS";
    private static final String MACHINE = "MEMTUNE_STATE_MACHINE";
    private static final String BUS = "MEMTUNE_EVENT_BUS";
    private static final String TOPIC = "MEMTUNE_TOPIC";
    private static final String LOOKS = "MEMTUNE_LOOKS";

    /** Where no tag is demanded, functions have one nevertheless, for the day when it is. */
    private static final String OPT_IN = "allow";

    /** The size of a function that was not tuned yet; more than that many have no use for. */
    private static final int START_MB = 1024;

    private final Map<String, String> environment;
    private final Endpoint endpoint = new Endpoint.Default();

    UploadPorts(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The ports of this process. */
    public static UploadPorts ofEnvironment() {
        return new UploadPorts(System.getenv());
    }

    /**
     * The registry.
     *
     * @throws IllegalStateException if the environment names no table
     */
    public Registry registry() {
        return DynamoDbRegistry.of(endpoint, required(REGISTRY));
    }

    /** The registry; {@link Registry#NONE} in a stack that takes no uploads. */
    public Registry registryIfAny() {
        return setting(REGISTRY).isEmpty() ? Registry.NONE : registry();
    }

    /** Where uploads are. @throws IllegalStateException if the environment names no bucket */
    public UploadShelf shelf() {
        return S3UploadShelf.of(endpoint, required(UPLOADS));
    }

    /** Forms for uploads. @throws IllegalStateException if the environment names no bucket, or no number of minutes */
    public UploadForms forms() {
        Duration validity = Duration.ofMinutes(Integer.parseInt(required("MEMTUNE_FORM_MINUTES")));
        return S3UploadForms.ofProcess(required(UPLOADS), validity, clock());
    }

    /** What starts tunings. @throws IllegalStateException if the environment names no state machine */
    public ExecutionStarter starter() {
        return SfnExecutionStarter.of(endpoint, required(MACHINE));
    }

    /** What brings back what is to be looked at again. @throws IllegalStateException if the environment names no queue */
    public Reminder reminder() {
        return AwsReminder.of(endpoint, required(LOOKS));
    }

    /** The stacks of algorithms. @throws IllegalStateException if the environment lacks what they have in common */
    public AlgorithmStacks stacks() {
        String optIn = setting("MEMTUNE_OPT_IN");
        return AwsAlgorithmStacks.of(
                endpoint,
                new StackSettings(
                        required("MEMTUNE_STACK_PREFIX"),
                        required("MEMTUNE_STACK_ROLE"),
                        required("MEMTUNE_STACK_BOUNDARY"),
                        optIn.isEmpty() ? OPT_IN : optIn,
                        required("MEMTUNE_ALIAS"),
                        START_MB,
                        Integer.parseInt(required("MEMTUNE_LOG_DAYS"))));
    }

    /** Who is told of the end of a run. */
    public List<EndAnnouncer> announcers() {
        List<EndAnnouncer> announcers = new ArrayList<>();
        if (!setting(BUS).isEmpty()) {
            announcers.add(EventBridgeAnnouncer.of(endpoint, setting(BUS)));
        }
        if (!setting(TOPIC).isEmpty()) {
            announcers.add(SnsAnnouncer.of(endpoint, setting(TOPIC)));
        }
        return announcers;
    }

    /** The time. */
    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Writes a line to standard error, which is the step's log. */
    public static void log(String line) {
        System.err.println("memtune: " + line);
    }

    /** What the template sets besides; empty if it is not set. */
    public String setting(String name) {
        return environment.getOrDefault(name, "");
    }

    private String required(String name) {
        String value = setting(name);
        if (value.isBlank()) {
            throw new IllegalStateException(
                    name + " must be set, got nothing; template.yaml sets it where Uploads is true");
        }
        return value;
    }
}
