// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.memtune.core.port.Sleeper;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP in front of the operations: guards, bounds, faults, the log. Never shows a client more than an error's message. */
final class HttpFront implements HttpHandler {
    /** A package of the largest size in base64, and some room for the rest. */
    private static final int MAX_BODY_BYTES = 72 * 1024 * 1024;

    private static final int NO_BODY = -1;
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/,\\s]{1,128})/");

    private final Routes routes;
    private final Switches switches;
    private final Chance chance;
    private final Sleeper sleeper;
    private final CallLog log;

    HttpFront(Routes routes, Switches switches, Chance chance, Sleeper sleeper, CallLog log) {
        this.routes = routes;
        this.switches = switches;
        this.chance = chance;
        this.sleeper = sleeper;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = chance.uuid();
        CallLog.Line line = log.open(requestId, exchange.getRequestMethod());
        try (exchange) {
            Optional<Reply> reply = reply(exchange, requestId, line);
            if (reply.isPresent()) {
                write(exchange, requestId, reply.get());
            }
            line.close(reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            line.close("stopped with the service");
        } catch (IOException e) {
            line.close("connection lost: " + e.getMessage());
        }
    }

    /** The answer; empty if the connection is to be lost. */
    private Optional<Reply> reply(HttpExchange exchange, String requestId, CallLog.Line line)
            throws IOException, InterruptedException {
        Optional<String> refusal = OriginGuard.refusal(exchange);
        if (refusal.isPresent()) {
            return Optional.of(forbidden(refusal.get()));
        }
        try {
            Routes.Match match = routes.find(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), selectors(exchange));
            Request request = new Request(
                    requestId,
                    match.variables(),
                    query(exchange.getRequestURI().getRawQuery()),
                    name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                            .orElse(""),
                    body(exchange));
            Call call = call(match.route(), request);
            line.of(call);
            sleeper.sleep(switches.roundTrip().dividedBy(2)); // the way here
            Optional<Reply> reply = served(match.route(), request, call, exchange);
            sleeper.sleep(switches.roundTrip().dividedBy(2)); // and the way back
            return reply;
        } catch (LambdaFault e) {
            return Optional.of(Reply.fault(e));
        } catch (RuntimeException e) {
            return Optional.of(failed(log, requestId, e));
        }
    }

    private static Set<String> selectors(HttpExchange exchange) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        Set<String> selectors = new HashSet<>(Arrays.asList(query.split("&")));
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .ifPresent(selectors::add);
        return selectors;
    }

    private Optional<Reply> served(Routes.Route route, Request request, Call call, HttpExchange exchange)
            throws InterruptedException {
        CallInterceptor interceptor = switches.interceptor();
        Intervention intervention = interceptor.before(call);
        if (intervention instanceof Intervention.FailBefore failure) {
            return Optional.of(Reply.fault(failure.fault()));
        }
        if (intervention instanceof Intervention.LoseBefore) {
            return Optional.empty();
        }
        if (intervention instanceof Intervention.LateEffect late) {
            exchange.close(); // the caller gives up here, and may call again before the effect
            sleeper.sleep(late.delay());
        }
        if (intervention instanceof Intervention.Slow slow) {
            sleeper.sleep(slow.beforeEffect());
        }
        Reply reply = answer(route, request);
        interceptor.after(call, new CallInterceptor.Outcome(reply.status(), reply.errorCode()));
        if (intervention instanceof Intervention.Slow slow) {
            sleeper.sleep(slow.beforeAnswer());
        }
        return switch (intervention) {
            case Intervention.Proceed p -> Optional.of(reply);
            case Intervention.Slow p -> Optional.of(reply);
            case Intervention.FailBefore f -> Optional.of(Reply.fault(f.fault()));
            case Intervention.FailAfter f -> Optional.of(Reply.fault(f.fault()));
            case Intervention.LoseBefore l -> Optional.empty();
            case Intervention.LoseAfter l -> Optional.empty();
            case Intervention.LateEffect l -> Optional.empty();
        };
    }

    private static Call call(Routes.Route route, Request request) {
        Map<String, String> path = request.path();
        String resource = Optional.ofNullable(path.get("FunctionName"))
                .or(() -> Optional.ofNullable(path.get("Resource")))
                .or(() -> RequestBody.glimpse(request.body(), "FunctionName"))
                .orElse("");
        Optional<String> qualifier = request.parameter("Qualifier").or(() -> Optional.ofNullable(path.get("Name")));
        Matcher key = ACCESS_KEY.matcher(request.header().apply("Authorization"));
        return new Call(
                route.name(), resource, qualifier, key.find() ? key.group(1) : "", request.requestId(), request.body());
    }

    private Reply answer(Routes.Route route, Request request) throws InterruptedException {
        try {
            return route.operation().answer(request);
        } catch (LambdaFault e) {
            return Reply.fault(e);
        } catch (IOException | RuntimeException e) {
            return failed(log, request.requestId(), e);
        }
    }

    /** An error of ours: everything goes to the log, nothing but the place to look to the client. */
    static Reply failed(CallLog log, String requestId, Exception e) {
        log.event(requestId + " failed: " + trace(e));
        if (String.valueOf(e.getMessage()).contains("No space left on device")) {
            return Reply.fault(LambdaFault.of(
                    LambdaFault.Kind.SERVICE,
                    "The disk with the data folder of the embedded Lambda service is full; nothing was changed."
                            + " Free some space and try again."));
        }
        return Reply.fault(LambdaFault.of(
                LambdaFault.Kind.SERVICE,
                "The embedded Lambda service failed; its log has the reason under " + requestId + "."));
    }

    private static String trace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    static Reply forbidden(String message) {
        Reply json = Reply.json(FORBIDDEN, Reply.object().put("Message", message));
        return new Reply(
                FORBIDDEN,
                Map.of("Content-Type", "application/json", "x-amzn-ErrorType", "AccessDeniedException"),
                json.body(),
                "AccessDeniedException");
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        String announced = exchange.getRequestHeaders().getFirst("Content-Length");
        if (announced != null && new BigInteger(announced).compareTo(BigInteger.valueOf(MAX_BODY_BYTES)) > 0) {
            throw tooLarge(); // not worth reading
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static LambdaFault tooLarge() {
        return LambdaFault.of(
                LambdaFault.Kind.REQUEST_TOO_LARGE, "Request must be smaller than " + MAX_BODY_BYTES + " bytes");
    }

    static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new TreeMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(Routes.decoded(name), n -> new ArrayList<>()).add(Routes.decoded(value));
        }
        return query;
    }

    static void write(HttpExchange exchange, String requestId, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        if (reply.status() == NO_CONTENT || reply.body().length == 0) {
            exchange.sendResponseHeaders(reply.status(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.getResponseBody().flush(); // closing waits for what the client may never send of its request
    }
}
