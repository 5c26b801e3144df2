// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.Code;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Layer;
import dev.memtune.local.function.Layer.LayerVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers as zip files.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html">PublishLayerVersion</a>
 */
final class LayerOperations {
    private static final Pattern NAME =
            Pattern.compile("(?:arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\\d{12}:layer:)?(?<name>[a-zA-Z0-9-_]{1,140})");
    private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");
    private static final int MAX_DESCRIPTION = 256;
    private static final int MAX_LICENSE = 512;
    private static final int MAX_RUNTIMES = 15;
    private static final int MAX_PAGE = 50;

    private final Context context;
    private final CodeUploads uploads;
    private final Layers layers;

    LayerOperations(Context context, CodeUploads uploads, Layers layers) {
        this.context = context;
        this.uploads = uploads;
        this.layers = layers;
    }

    void addTo(Routes routes) {
        String versions = " /2018-10-31/layers/{LayerName}/versions";
        routes.add("PublishLayerVersion", "POST" + versions, this::publish)
                .add("ListLayerVersions", "GET" + versions, this::versions)
                .add("GetLayerVersion", "GET" + versions + "/{VersionNumber}", this::get)
                .add("DeleteLayerVersion", "DELETE" + versions + "/{VersionNumber}", this::delete)
                .add("GetLayerVersionByArn", "GET /2018-10-31/layers find=LayerVersion", this::getByArn)
                .add("ListLayers", "GET /2018-10-31/layers", this::list);
    }

    private static String name(Request request) {
        String text = request.variable("LayerName");
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            throw LambdaFault.invalid("1 validation error detected: Value '" + text
                    + "' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + "(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
        }
        return matcher.group("name");
    }

    private Reply publish(Request request) throws IOException {
        String name = name(request);
        RequestBody body = request.json();
        Constraints constraints = new Constraints();
        constraints.present("content", body.object("Content").isPresent());
        constraints.length("description", body.text("Description"), 0, MAX_DESCRIPTION);
        constraints.length("licenseInfo", body.text("LicenseInfo"), 0, MAX_LICENSE);
        constraints.each("compatibleRuntimes", body.texts("CompatibleRuntimes"), Runtimes.NAMEABLE, MAX_RUNTIMES);
        constraints.each("compatibleArchitectures", body.texts("CompatibleArchitectures"), ARCHITECTURES, 2);
        constraints.enforce();
        Code code = uploads.read(body.object("Content").orElseThrow());
        Layer after = layers.change(
                name,
                layer -> layer.with(new LayerVersion(
                        layer.lastVersion() + 1,
                        code,
                        body.text("Description").orElse(""),
                        body.text("LicenseInfo").orElse(""),
                        body.texts("CompatibleRuntimes"),
                        body.texts("CompatibleArchitectures"),
                        context.account().now())));
        return Reply.created(detailed(name, after.versions().lastEntry().getValue()));
    }

    private Reply get(Request request) {
        String name = name(request);
        return Reply.ok(detailed(
                name, existing(Optional.ofNullable(layers.layer(name).versions().get(number(request))))));
    }

    private static LayerVersion existing(Optional<LayerVersion> version) {
        return version.orElseThrow(() -> LambdaFault.notFound("The resource you requested does not exist."));
    }

    private static int number(Request request) {
        String text = request.variable("VersionNumber");
        if (!text.matches("-?[0-9]{1,9}")) {
            throw LambdaFault.invalid("VersionNumber must be a number, got: " + text);
        }
        int number = Integer.parseInt(text);
        if (number < 1) {
            throw LambdaFault.invalid("Layer Version Cannot be less than 1");
        }
        return number;
    }

    private Reply getByArn(Request request) {
        String arn = request.parameter("Arn").orElse("");
        Layers.requireVersionArn("arn", arn, arn);
        LayerVersion version = existing(layers.version(arn));
        String layer = arn.substring(0, arn.lastIndexOf(':'));
        return Reply.ok(detailed(layer.substring(layer.lastIndexOf(':') + 1), version));
    }

    /** Deleting what is not there is no error. Functions that use the version keep its content. */
    private Reply delete(Request request) throws IOException {
        int number = number(request);
        layers.change(name(request), layer -> layer.without(number));
        return Reply.noContent();
    }

    private record Wanted(Optional<String> runtime, Optional<String> architecture) {
        static Wanted of(Request request) {
            Optional<String> runtime = request.parameter("CompatibleRuntime");
            Optional<String> architecture = request.parameter("CompatibleArchitecture");
            Constraints constraints = new Constraints();
            constraints.oneOf("compatibleRuntime", runtime, Runtimes.NAMEABLE);
            constraints.oneOf("compatibleArchitecture", architecture, ARCHITECTURES);
            constraints.enforce();
            return new Wanted(runtime, architecture);
        }

        /** The newest first. */
        List<LayerVersion> of(Layer layer) {
            return layer.versions().descendingMap().values().stream()
                    .filter(version -> version.suits(runtime, architecture))
                    .toList();
        }
    }

    private Reply list(Request request) {
        Wanted wanted = Wanted.of(request);
        FunctionArns arns = context.arns();
        List<ObjectNode> items = new ArrayList<>();
        for (Layer layer : layers.all()) {
            wanted.of(layer).stream().findFirst().ifPresent(newest -> {
                ObjectNode item =
                        Reply.object().put("LayerName", layer.name()).put("LayerArn", arns.layer(layer.name()));
                item.set("LatestMatchingVersion", summary(layer.name(), newest));
                items.add(item);
            });
        }
        return Reply.ok(Page.of(request, MAX_PAGE).of("Layers", items));
    }

    private Reply versions(Request request) {
        String name = name(request);
        List<ObjectNode> items = Wanted.of(request).of(layers.layer(name)).stream()
                .map(version -> summary(name, version))
                .toList();
        return Reply.ok(Page.of(request, MAX_PAGE).of("LayerVersions", items));
    }

    private ObjectNode summary(String name, LayerVersion version) {
        ObjectNode json = Reply.object()
                .put("LayerVersionArn", context.arns().layerVersion(name, version.number()))
                .put("Version", version.number())
                .put("Description", version.description())
                .put("CreatedDate", FunctionJson.timestamp(version.created()));
        if (!version.licenseInfo().isEmpty()) {
            json.put("LicenseInfo", version.licenseInfo());
        }
        ArrayNode runtimes = json.putArray("CompatibleRuntimes");
        version.runtimes().forEach(runtimes::add);
        ArrayNode architectures = json.putArray("CompatibleArchitectures");
        version.architectures().forEach(architectures::add);
        return json;
    }

    private ObjectNode detailed(String name, LayerVersion version) {
        ObjectNode json = summary(name, version).put("LayerArn", context.arns().layer(name));
        json.putObject("Content")
                .put("Location", uploads.location(version.code()))
                .put("CodeSha256", version.code().sha256())
                .put("CodeSize", version.code().sizeBytes());
        return json;
    }
}
