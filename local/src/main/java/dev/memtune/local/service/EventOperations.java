// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.EventHandling;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How asynchronous invocations are handled, and what became of those that were given up.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html">
 *     PutFunctionEventInvokeConfig</a>
 */
final class EventOperations {
    private static final int MAX_RETRIES = 2;
    private static final int MIN_AGE_SECONDS = 60;
    private static final int MAX_PAGE = 50;
    private static final int MAX_DESTINATION = 350;
    private static final Set<String> SERVICES = Set.of("sqs", "sns", "lambda", "events", "s3");
    private static final Pattern DESTINATION =
            Pattern.compile("$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
                    + "((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");

    private final Context context;
    private final EventStore store;

    EventOperations(Context context, EventStore store) {
        this.context = context;
        this.store = store;
    }

    void addTo(Routes routes) {
        String path = " /2019-09-25/functions/{FunctionName}/event-invoke-config";
        routes.add("PutFunctionEventInvokeConfig", "PUT" + path, this::put)
                .add("UpdateFunctionEventInvokeConfig", "POST" + path, this::update)
                .add("GetFunctionEventInvokeConfig", "GET" + path, this::get)
                .add("DeleteFunctionEventInvokeConfig", "DELETE" + path, this::delete)
                .add("ListFunctionEventInvokeConfigs", "GET" + path + "/list", this::list)
                .add("ListEvents", "GET /_memtune/events", this::events)
                .add("ClearEvents", "DELETE /_memtune/events", this::clear);
    }

    /** A qualified reference: without a qualifier {@code $LATEST} is meant. */
    private FunctionReference qualified(Request request) {
        FunctionReference reference = request.function(context.arns());
        return new FunctionReference(
                reference.name(), reference.qualifier().or(() -> Optional.of(DeployedFunction.LATEST)));
    }

    private static String qualifier(FunctionReference reference) {
        return reference.qualifier().orElse(DeployedFunction.LATEST);
    }

    private void requireExisting(FunctionReference reference) {
        boolean exists = context.account()
                .find(reference.name())
                .filter(f -> f.hasVersion(qualifier(reference))
                        || f.alias(qualifier(reference)).isPresent())
                .isPresent();
        if (!exists) {
            throw LambdaFault.notFound("The function doesn't exist.");
        }
    }

    private EventHandling configured(FunctionReference reference) {
        return context.account()
                .find(reference.name())
                .map(f -> f.options().eventHandling().get(qualifier(reference)))
                .orElseThrow(() -> LambdaFault.notFound(
                        "The function " + reference.arn(context.arns()) + " doesn't have an EventInvokeConfig"));
    }

    private Reply put(Request request) throws IOException {
        FunctionReference reference = qualified(request);
        RequestBody body = request.json();
        requireExisting(reference);
        EventHandling none = EventHandling.defaults();
        boolean nothing = !body.has("MaximumRetryAttempts")
                && !body.has("MaximumEventAgeInSeconds")
                && !body.has("DestinationConfig");
        if (nothing) {
            throw LambdaFault.invalid("You must specify at least one of error handling or destination setting.");
        }
        return Reply.ok(saved(reference, merged(reference, body, none)));
    }

    private Reply update(Request request) throws IOException {
        FunctionReference reference = qualified(request);
        RequestBody body = request.json();
        requireExisting(reference);
        return Reply.ok(saved(reference, merged(reference, body, configured(reference))));
    }

    private EventHandling merged(FunctionReference reference, RequestBody body, EventHandling base) {
        Optional<Integer> retries = body.integer("MaximumRetryAttempts");
        Optional<Integer> age = body.integer("MaximumEventAgeInSeconds");
        Optional<RequestBody> destinations = body.object("DestinationConfig");
        Optional<String> success = destination(destinations, "OnSuccess");
        Optional<String> failure = destination(destinations, "OnFailure");
        Constraints constraints = new Constraints();
        retries.ifPresent(value -> constraints.range("maximumRetryAttempts", value, 0, MAX_RETRIES));
        age.ifPresent(value -> constraints.range(
                "maximumEventAgeInSeconds", value, MIN_AGE_SECONDS, EventHandling.DEFAULT_MAXIMUM_AGE_SECONDS));
        constrain(constraints, "destinationConfig.onSuccess.destination", success);
        constrain(constraints, "destinationConfig.onFailure.destination", failure);
        constraints.enforce();
        success.ifPresent(arn -> requireDestination(reference, arn));
        failure.ifPresent(arn -> requireDestination(reference, arn));
        return new EventHandling(
                retries.or(base::maximumRetryAttempts),
                age.or(base::maximumAgeSeconds),
                destinations.isPresent() ? success : base.onSuccess(),
                destinations.isPresent() ? failure : base.onFailure(),
                context.account().now());
    }

    private static void constrain(Constraints constraints, String member, Optional<String> destination) {
        constraints.length(member, destination, 0, MAX_DESTINATION);
        constraints.pattern(member, destination, DESTINATION);
    }

    private static Optional<String> destination(Optional<RequestBody> destinations, String member) {
        return destinations
                .flatMap(d -> d.object(member))
                .flatMap(d -> d.text("Destination"))
                .filter(arn -> !arn.isEmpty());
    }

    private void requireDestination(FunctionReference reference, String arn) {
        String service = arn.split(":", -1).length > 2 ? arn.split(":", -1)[2] : "";
        if (!SERVICES.contains(service)) {
            throw LambdaFault.invalid("The provided destination config DestinationConfig(" + arn + ") is invalid.");
        }
        if (!service.equals("lambda")) {
            return;
        }
        FunctionReference target = FunctionReference.parse(arn, context.arns());
        if (target.name().equals(reference.name())) {
            throw LambdaFault.invalid("You can't specify the function as a destination for itself.");
        }
        if (context.account().find(target.name()).isEmpty()) {
            throw LambdaFault.invalid("The destination ARN " + arn + " is invalid.");
        }
    }

    private ObjectNode saved(FunctionReference reference, EventHandling handling) throws IOException {
        context.account()
                .change(
                        reference,
                        function -> function.withOptions(
                                function.options().withEventHandling(qualifier(reference), Optional.of(handling))));
        return json(reference.arn(context.arns()), handling);
    }

    private static ObjectNode json(String arn, EventHandling handling) {
        ObjectNode json = Reply.object().put("FunctionArn", arn).put("LastModified", seconds(handling.lastModified()));
        handling.maximumRetryAttempts().ifPresent(value -> json.put("MaximumRetryAttempts", value));
        handling.maximumAgeSeconds().ifPresent(value -> json.put("MaximumEventAgeInSeconds", value));
        ObjectNode destinations = json.putObject("DestinationConfig");
        ObjectNode success = destinations.putObject("OnSuccess");
        handling.onSuccess().ifPresent(value -> success.put("Destination", value));
        ObjectNode failure = destinations.putObject("OnFailure");
        handling.onFailure().ifPresent(value -> failure.put("Destination", value));
        return json;
    }

    /** Timestamps of the REST-JSON protocol are seconds since 1970. */
    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private Reply get(Request request) {
        FunctionReference reference = qualified(request);
        return Reply.ok(json(reference.arn(context.arns()), configured(reference)));
    }

    private Reply delete(Request request) throws IOException {
        FunctionReference reference = qualified(request);
        configured(reference);
        context.account()
                .change(
                        reference,
                        function -> function.withOptions(
                                function.options().withEventHandling(qualifier(reference), Optional.empty())));
        return Reply.noContent();
    }

    private Reply list(Request request) {
        FunctionReference reference = request.unqualifiedFunction(context.arns());
        DeployedFunction function = context.account()
                .find(reference.name())
                .orElseThrow(() -> LambdaFault.notFound("The function doesn't exist."));
        List<ObjectNode> items = function.options().eventHandling().entrySet().stream()
                .map(entry -> json(context.arns().qualified(function.name(), entry.getKey()), entry.getValue()))
                .toList();
        return Reply.ok(Page.of(request, MAX_PAGE).of("FunctionEventInvokeConfigs", items));
    }

    /** What waits and what was given up: AWS shows neither, a queue of one's own would. */
    private Reply events(Request request) {
        ObjectNode answer = Reply.object();
        ArrayNode queued = answer.putArray("Queued");
        store.queued()
                .forEach(event ->
                        queued.add(json(event).put("DueAt", event.dueAt().toString())));
        ArrayNode dead = answer.putArray("GivenUp");
        for (DeadEvent event : store.dead()) {
            ObjectNode json = json(event.event())
                    .put("Condition", event.condition())
                    .put("LastError", event.lastError())
                    .put("EndedAt", event.endedAt().toString())
                    .put("Payload", event.event().payload());
            event.destination().ifPresent(arn -> json.put("MissingDestination", arn));
            dead.add(json);
        }
        return Reply.ok(answer);
    }

    private static ObjectNode json(QueuedEvent event) {
        return Reply.object()
                .put("RequestId", event.requestId())
                .put("FunctionArn", event.function())
                .put("AcceptedAt", event.acceptedAt().toString())
                .put("Attempts", event.attempts());
    }

    private Reply clear(Request request) throws IOException {
        store.clear();
        return Reply.noContent();
    }
}
