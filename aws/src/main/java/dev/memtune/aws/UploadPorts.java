// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.EndAnnouncer;
import dev.memtune.core.port.ExecutionStarter;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.Registry;
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
 * MEMTUNE_STATE_MACHINE   the ARN of the state machine that tunes
 * MEMTUNE_EVENT_BUS       the event bus that ends are told to; none if unset or empty
 * MEMTUNE_TOPIC           the SNS topic that ends are told to; none if unset or empty
 * </pre>
 */
public final class UploadPorts {
    private static final String REGISTRY = "MEMTUNE_REGISTRY";
    private static final String UPLOADS = "MEMTUNE_UPLOADS";
    private static final String MACHINE = "MEMTUNE_STATE_MACHINE";
    private static final String BUS = "MEMTUNE_EVENT_BUS";
    private static final String TOPIC = "MEMTUNE_TOPIC";

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

    /** What starts tunings. @throws IllegalStateException if the environment names no state machine */
    public ExecutionStarter starter() {
        return SfnExecutionStarter.of(endpoint, required(MACHINE));
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
