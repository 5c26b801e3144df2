// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.Alias;
import dev.memtune.local.function.Code;
import dev.memtune.local.function.Configuration;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.Deployment;
import dev.memtune.local.function.FunctionOptions;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Lifecycle;
import dev.memtune.local.function.Lifecycle.Publication;
import dev.memtune.local.function.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Functions and versions. */
final class FunctionOperations {
    private final Context context;
    private final CodeUploads uploads;
    private final Layers layers;

    FunctionOperations(Context context, CodeUploads uploads, Layers layers) {
        this.context = context;
        this.uploads = uploads;
        this.layers = layers;
    }

    void addTo(Routes routes) {
        routes.add("CreateFunction", "POST /2015-03-31/functions", this::create)
                .add("ListFunctions", "GET /2015-03-31/functions", this::list)
                .add("GetFunction", "GET /2015-03-31/functions/{FunctionName}", this::get)
                .add("DeleteFunction", "DELETE /2015-03-31/functions/{FunctionName}", this::delete)
                .add(
                        "GetFunctionConfiguration",
                        "GET /2015-03-31/functions/{FunctionName}/configuration",
                        this::configuration)
                .add(
                        "UpdateFunctionConfiguration",
                        "PUT /2015-03-31/functions/{FunctionName}/configuration",
                        this::updateConfiguration)
                .add("UpdateFunctionCode", "PUT /2015-03-31/functions/{FunctionName}/code", this::updateCode)
                .add("PublishVersion", "POST /2015-03-31/functions/{FunctionName}/versions", this::publish)
                .add("ListVersionsByFunction", "GET /2015-03-31/functions/{FunctionName}/versions", this::versions);
    }

    private Reply create(Request request) throws IOException {
        RequestBody body = request.json();
        requirePresent(body);
        FunctionReference reference =
                FunctionReference.parse(body.text("FunctionName").orElse(""), context.arns());
        if (reference.qualifier().isPresent()) {
            throw LambdaFault.invalid("FunctionName must not have a qualifier in CreateFunction, got: "
                    + reference.qualifier().get());
        }
        Configuration configuration = reader(body).merge(Configuration.initial(reference.name()));
        if (configuration.runtime().isEmpty() || configuration.handler().isEmpty()) {
            throw LambdaFault.invalid(
                    "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }
        Tags tags = Tags.of(body.object("Tags").map(RequestBody::textMap));
        context.account().requireAbsent(reference.name());
        Code code = uploads.read(body.object("Code").orElseThrow());
        DeployedFunction function = context.lifecycle()
                .create(reference.name(), configuration, code, context.account().now())
                .withOptions(FunctionOptions.NONE.withTags(tags.map()));
        boolean publish = body.flag("Publish");
        uploads.requireFits(function.latest().deployment());
        DeployedFunction created = publish ? published(function) : function;
        context.account().create(created);
        return Reply.created(publish ? lastVersion(created) : context.json().latest(created, Optional.empty()));
    }

    private static void requirePresent(RequestBody body) {
        if (body.text("PackageType").filter("Image"::equals).isPresent()) {
            throw CodeUploads.image();
        }
        Constraints constraints = new Constraints();
        constraints.present("functionName", body.has("FunctionName"));
        constraints.present("role", body.has("Role"));
        constraints.present("code", body.object("Code").isPresent());
        constraints.oneOf("packageType", body.text("PackageType"), List.of("Zip", "Image"));
        constraints.enforce();
    }

    private ConfigurationReader reader(RequestBody body) {
        return new ConfigurationReader(body, layers, context.switches().quotas().memoryMB());
    }

    private Reply list(Request request) {
        boolean all = request.parameter("FunctionVersion").filter("ALL"::equals).isPresent();
        List<ObjectNode> items = new ArrayList<>();
        for (DeployedFunction function : context.account().all()) {
            if (all) {
                items.addAll(summaries(function));
            } else {
                items.add(context.json().summary(function, function.latest(), Optional.empty()));
            }
        }
        return Reply.ok(Page.of(request).of("Functions", items));
    }

    private Reply versions(Request request) {
        DeployedFunction function = context.account().function(request.unqualifiedFunction(context.arns()));
        return Reply.ok(Page.of(request).of("Versions", summaries(function)));
    }

    private List<ObjectNode> summaries(DeployedFunction function) {
        List<ObjectNode> items = new ArrayList<>();
        items.add(context.json().summary(function, function.latest(), Optional.of(DeployedFunction.LATEST)));
        for (Version version : function.versions().values()) {
            items.add(context.json().summary(function, version, Integer.toString(version.number())));
        }
        return items;
    }

    private Reply get(Request request) {
        FunctionReference reference = request.function(context.arns());
        DeployedFunction function = context.account().function(reference);
        ObjectNode answer = Reply.object();
        answer.set("Configuration", describe(function, reference));
        Code code = targetVersion(function, reference)
                .map(Version::code)
                .orElseGet(() -> function.latest().deployment().code());
        answer.putObject("Code").put("RepositoryType", "S3").put("Location", uploads.location(code));
        if (!function.options().tags().isEmpty()) {
            ObjectNode tags = answer.putObject("Tags");
            function.options().tags().forEach(tags::put);
        }
        function.options().reservedConcurrency().ifPresent(limit -> answer.putObject("Concurrency")
                .put("ReservedConcurrentExecutions", limit));
        return Reply.ok(answer);
    }

    private Reply configuration(Request request) {
        FunctionReference reference = request.function(context.arns());
        return Reply.ok(describe(context.account().function(reference), reference));
    }

    private ObjectNode describe(DeployedFunction function, FunctionReference reference) {
        Optional<Version> version = targetVersion(function, reference);
        if (version.isEmpty()) {
            return context.json().latest(function, reference.qualifier());
        }
        String qualifier = reference.qualifier().orElseThrow();
        return context.json()
                .version(function, version.get(), qualifier, context.account().now());
    }

    /** The published version behind the qualifier; empty for {@code $LATEST}, also through an alias. */
    private Optional<Version> targetVersion(DeployedFunction function, FunctionReference reference) {
        String qualifier = reference.qualifier().orElse(DeployedFunction.LATEST);
        String number = function.alias(qualifier).map(Alias::version).orElse(qualifier);
        if (!function.hasVersion(number)) {
            throw LambdaFault.notFound("Function not found: " + reference.arn(context.arns()));
        }
        return function.version(number);
    }

    private Reply delete(Request request) throws IOException {
        FunctionReference reference = request.function(context.arns());
        if (reference.qualifier().isEmpty()) {
            context.account().delete(reference);
        } else {
            String qualifier = reference.qualifier().get();
            context.account().change(reference, function -> context.lifecycle().deleteVersion(function, qualifier));
        }
        return Reply.noContent();
    }

    private Reply updateConfiguration(Request request) throws IOException {
        FunctionReference reference = request.unqualifiedFunction(context.arns());
        RequestBody body = request.json();
        Optional<String> revisionId = body.text("RevisionId");
        DeployedFunction after = context.account().change(reference, function -> {
            Deployment present = function.latest().deployment();
            Configuration merged = reader(body).merge(present.configuration());
            return update(function, new Deployment(present.id(), merged, present.code()), revisionId);
        });
        return Reply.ok(context.json().latest(after, Optional.empty()));
    }

    private DeployedFunction update(DeployedFunction function, Deployment next, Optional<String> revisionId) {
        DeployedFunction updated = context.lifecycle()
                .update(function, next, revisionId, context.account().now());
        uploads.requireFits(next);
        return updated;
    }

    private Reply updateCode(Request request) throws IOException {
        FunctionReference reference = request.unqualifiedFunction(context.arns());
        RequestBody body = request.json();
        context.account().function(reference);
        Code code = uploads.read(body);
        Optional<String> architecture = ConfigurationReader.architecture(body);
        Optional<String> revisionId = body.text("RevisionId");
        boolean publish = body.flag("Publish") && !body.flag("DryRun");
        DeployedFunction after = context.account().change(reference, function -> {
            Deployment present = function.latest().deployment();
            Configuration configuration =
                    architecture.map(present.configuration()::withArchitecture).orElse(present.configuration());
            DeployedFunction updated = update(function, new Deployment(present.id(), configuration, code), revisionId);
            if (body.flag("DryRun")) {
                return function;
            }
            return publish ? published(updated) : updated;
        });
        return Reply.ok(publish ? lastVersion(after) : context.json().latest(after, Optional.empty()));
    }

    private DeployedFunction published(DeployedFunction function) {
        return withRoom(
                function,
                context.lifecycle()
                        .publishLatest(
                                function, Optional.empty(), context.account().now()));
    }

    /**
     * Checks that one more snapshot may be made, if the publication makes one.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">SnapStart</a>
     */
    private DeployedFunction withRoom(DeployedFunction before, Lifecycle.Published published) {
        boolean snapshot = published.version().number() > before.lastVersion()
                && published.version().configuration().snapStart();
        if (snapshot && snapshotsUnderWay() >= context.switches().quotas().concurrentSnapshots()) {
            throw LambdaFault.throttled(
                    "ConcurrentSnapshotCreateLimitExceeded",
                    "Lambda was unable to create a new snapshot because you have reached your concurrent snapshot "
                            + "creation limit.");
        }
        return published.function();
    }

    private long snapshotsUnderWay() {
        return context.account().all().stream()
                .flatMap(function -> function.versions().values().stream())
                .filter(version -> version.configuration().snapStart()
                        && version.isPending(context.account().now()))
                .count();
    }

    private Reply publish(Request request) throws IOException {
        FunctionReference reference = request.unqualifiedFunction(context.arns());
        RequestBody body = request.json();
        if (body.has("PublishTo")) {
            throw LambdaFault.invalid("The embedded Lambda service does not support PublishTo: leave it out.");
        }
        Constraints constraints = new Constraints();
        constraints.length("description", body.text("Description"), 0, 256);
        constraints.enforce();
        Publication publication = new Publication(
                body.text("Description"),
                body.text("CodeSha256").filter(sha -> !sha.isEmpty()),
                body.text("RevisionId").filter(id -> !id.isEmpty()));
        DeployedFunction after = context.account()
                .change(
                        reference,
                        function -> withRoom(
                                function,
                                context.lifecycle()
                                        .publish(
                                                function,
                                                publication,
                                                context.account().now())));
        return Reply.created(lastVersion(after));
    }

    /** What a publication answers: it makes the last version, or finds that it is the last version. */
    private ObjectNode lastVersion(DeployedFunction function) {
        return version(
                function, Objects.requireNonNull(function.versions().get(function.lastVersion()), "last version"));
    }

    private ObjectNode version(DeployedFunction function, Version version) {
        String qualifier = Integer.toString(version.number());
        return context.json()
                .version(function, version, qualifier, context.account().now());
    }
}
