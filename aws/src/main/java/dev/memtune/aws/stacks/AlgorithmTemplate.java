// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.wire.AlgorithmOutput;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The template of an algorithm's stack and its parameters. All that can be a parameter is one; only environment variables and
 * layers are put into the template itself, as JSON strings.
 */
final class AlgorithmTemplate {
    static final String TYPE = "Type";
    static final String CONNECTED = "Connected";
    static final String DEPLOYMENT = "Deployment";
    static final String FED = "in";

    private static final String RESOURCE = "algorithm.template.json";
    private static final String FUNCTION = "/Resources/Function/Properties";
    private static final String VARIABLES = "/Environment/Variables";

    /**
     * How CloudFormation's references to secrets and parameters begin, in any string of a template. They would be resolved with
     * Memtune's rights, not with those of whoever uploads.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html">Dynamic references</a>
     */
    private static final String DYNAMIC_REFERENCE = "{{resolve:";

    /** What AWS advises, so that a message is not delivered again while it is worked on. */
    private static final int VISIBILITY_TIMEOUTS = 6;

    private final StackSettings settings;

    AlgorithmTemplate(StackSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * The template with the algorithm's environment variables and layers.
     *
     * @throws LambdaFault.Refused if the algorithm asks CloudFormation for something
     */
    String body(AlgorithmItem item) {
        AlgorithmSettings algorithm = item.deployable().settings();
        requireNoReferences(item.name(), algorithm);
        ObjectNode template = (ObjectNode) Json.tree(resource());
        ObjectNode function = (ObjectNode) template.at(FUNCTION);
        if (!algorithm.layers().isEmpty()) {
            algorithm.layers().forEach(function.putArray("Layers")::add);
        }
        ObjectNode variables = (ObjectNode) function.at(VARIABLES);
        algorithm.environment().forEach((name, value) -> {
            // Where results go is not the algorithm's to say.
            if (!variables.has(name)) {
                variables.put(name, value);
            }
        });
        return Json.write(template);
    }

    private static void requireNoReferences(String name, AlgorithmSettings algorithm) {
        Stream.of(
                        algorithm.environment().keySet(),
                        algorithm.environment().values(),
                        algorithm.layers(),
                        List.of(algorithm.handler(), algorithm.runtime()))
                .flatMap(values -> values.stream())
                .filter(value -> value.contains(DYNAMIC_REFERENCE))
                .findFirst()
                .ifPresent(value -> {
                    throw new LambdaFault.Refused(
                            "metadata.json of " + name + " must not have CloudFormation's dynamic references, got: "
                                    + value + "; read what is secret when the function runs",
                            "DynamicReference",
                            null);
                });
    }

    /** The parameters of an attempt. */
    Map<String, String> parameters(AlgorithmItem item, boolean isConnected) {
        AlgorithmSettings algorithm = item.deployable().settings();
        S3Location code = S3Location.of(item.deployable().code())
                .orElseThrow(() -> new IllegalStateException("the code of " + item.name()
                        + " must be s3://bucket/key, got: " + item.deployable().code()));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("FunctionName", item.name());
        parameters.put(DEPLOYMENT, ExecutionName.of(item));
        parameters.put(TYPE, type(algorithm));
        parameters.put(CONNECTED, String.valueOf(isConnected));
        parameters.put("Alias", settings.alias());
        parameters.put("Output", output(algorithm));
        parameters.put("Architecture", architecture(algorithm));
        parameters.put("CodeBucket", code.bucket());
        parameters.put("CodeKey", code.key());
        parameters.put("Runtime", algorithm.runtime());
        parameters.put("Handler", algorithm.handler());
        parameters.put("MemorySize", String.valueOf(memoryMB(algorithm)));
        parameters.put("TimeoutSeconds", String.valueOf(algorithm.timeoutSeconds()));
        parameters.put("VisibilitySeconds", String.valueOf(VISIBILITY_TIMEOUTS * algorithm.timeoutSeconds()));
        parameters.put("OptInTagValue", settings.optInTagValue());
        parameters.put("LogRetentionDays", String.valueOf(settings.logRetentionDays()));
        parameters.put("RolePath", settings.rolePath());
        parameters.put("PermissionsBoundaryArn", Objects.requireNonNullElse(settings.boundaryArn(), ""));
        return parameters;
    }

    /** Who does not say takes nothing from a queue and puts nothing into one. */
    private static String type(AlgorithmSettings algorithm) {
        AlgorithmType type = algorithm.type();
        return (type == null ? AlgorithmType.TRANSFORM : type).name().toLowerCase(Locale.ROOT);
    }

    private static String output(AlgorithmSettings algorithm) {
        return Objects.requireNonNullElse(algorithm.output(), AlgorithmOutput.QUEUE)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static String architecture(AlgorithmSettings algorithm) {
        return Objects.requireNonNullElse(algorithm.architecture(), Architecture.X86_64)
                .wireName();
    }

    /** Until it is tuned, a function has the first of the sizes that its metadata names. */
    private int memoryMB(AlgorithmSettings algorithm) {
        return algorithm.memoryValues().stream().findFirst().orElse(settings.memoryMB());
    }

    private static byte[] resource() {
        try (InputStream in = AlgorithmTemplate.class.getResourceAsStream(RESOURCE)) {
            return Objects.requireNonNull(in, RESOURCE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
