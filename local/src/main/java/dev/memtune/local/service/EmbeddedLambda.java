// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.sun.net.httpserver.HttpServer;
import dev.memtune.local.function.Code;
import dev.memtune.local.function.Configuration;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Layer;
import dev.memtune.local.function.LayerUse;
import dev.memtune.local.function.Lifecycle;
import dev.memtune.local.logs.LogLimits;
import dev.memtune.local.logs.LogStore;
import dev.memtune.local.process.FunctionRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Lambda service on loopback: any AWS SDK whose endpoint is set to {@link #endpoint()} can use it, with any credentials.
 *
 * <pre>{@code
 * try (EmbeddedLambda lambda = EmbeddedLambda.start(ServiceSettings.defaults(directory, clock, random), runner)) {
 *     URI endpoint = lambda.endpoint(); // AWS_ENDPOINT_URL_LAMBDA
 * }
 * }</pre>
 */
public final class EmbeddedLambda implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 1_024;
    private static final int STOP_SECONDS = 10;

    static {
        // Without this, an answer's body waits 40 ms for the client's delayed acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Clients keep idle connections for a minute; a connection that is closed as it is used again costs a retry,
        // and a
        // retried Invoke runs twice.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final FunctionRunner runner;
    private final DataLock dataLock;
    private final Switches switches;
    private final URI endpoint;
    private final Chance chance;
    private final CallLog log;
    private final Routes routes = new Routes();
    private final EventQueue events;

    private EmbeddedLambda(ServiceSettings settings, FunctionRunner runner, DataLock dataLock, HttpServer server)
            throws IOException {
        this.runner = runner;
        this.dataLock = dataLock;
        this.server = server;
        this.switches = new Switches(settings.windows(), settings.quotas(), settings.interceptor());
        this.endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        this.chance = new Chance(settings.random());
        this.log = new CallLog(settings.clock(), settings.log());
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        Parts parts = parts(settings);
        this.events = parts.events();
        server.createContext("/", parts.front());
    }

    /** What a service is made of. */
    private record Parts(HttpFront front, EventQueue events) {}

    /**
     * Starts a service; it answers when this returns.
     *
     * @param runner executes the functions; closed with the service
     * @throws IOException if the data directory is unusable or in use, or the port is taken
     */
    public static EmbeddedLambda start(ServiceSettings settings, FunctionRunner runner) throws IOException {
        DataLock lock = DataLock.acquire(settings.dataDirectory());
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), settings.port());
            EmbeddedLambda lambda = new EmbeddedLambda(settings, runner, lock, HttpServer.create(address, BACKLOG));
            lambda.server.start();
            lambda.events.resume();
            return lambda;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Parts parts(ServiceSettings settings) throws IOException {
        Path directory = settings.dataDirectory();
        CodeFiles code = new CodeFiles(directory.resolve("code"));
        Pools pools = new Pools(runner, settings.arns());
        Runnables runnables = new Runnables(pools, code, new LayerFolders(directory.resolve("layer-content"), code));
        Concurrency concurrency = new Concurrency(() -> switches.quotas().concurrentExecutions());
        Account account = new Account(
                new StateFiles<>(directory.resolve("functions"), "function", DeployedFunction.class),
                settings.clock(),
                settings.arns(),
                List.of(concurrency, pools, new Provisioner(runner, runnables)));
        Layers layers =
                new Layers(new StateFiles<>(directory.resolve("layers"), "layer", Layer.class), settings.arns());
        code.retain(codeInUse(account, layers));
        Context context = new Context(
                account,
                new Lifecycle(chance::uuid, switches::windows, settings.arns()),
                settings.arns(),
                code,
                switches,
                new FunctionJson(settings.arns()));
        LogStore logs = new LogStore(directory.resolve("logs"), LogLimits.DEFAULTS);
        Invocations invocations = new Invocations(
                context, runner, pools, runnables, concurrency, new FunctionLogs(logs, settings.log()), chance);
        EventStore store = new EventStore(directory.resolve("events"));
        EventQueue queue =
                new EventQueue(context, invocations, store, chance, settings.retryDelays(), executor, settings.log());
        CodeUploads uploads = new CodeUploads(code, switches, account, layers, this::endpoint);
        new FunctionOperations(context, uploads, layers).addTo(routes);
        new AliasOperations(context).addTo(routes);
        new AccountOperations(context, uploads, concurrency).addTo(routes);
        new ProvisionedOperations(context, concurrency).addTo(routes);
        new EventOperations(context, store).addTo(routes);
        new LayerOperations(context, uploads, layers).addTo(routes);
        new Invoker(context, invocations, queue).addTo(routes);
        new LogsOperations(logs, settings.arns()).addTo(routes);
        new AbsentOperations(context).addTo(routes);
        uploads.addTo(routes);
        routes.addMissing(MissingOperations.ALL);
        return new Parts(new HttpFront(routes, switches, chance, Thread::sleep, log), queue);
    }

    private static Set<Code> codeInUse(Account account, Layers layers) {
        Set<Code> inUse = new HashSet<>(layers.codeInUse());
        for (DeployedFunction function : account.all()) {
            Stream.of(function.latest().deployment(), function.latest().served())
                    .forEach(deployment -> inUse.addAll(code(deployment.code(), deployment.configuration())));
            function.versions()
                    .values()
                    .forEach(version -> inUse.addAll(code(version.code(), version.configuration())));
        }
        return inUse;
    }

    private static Set<Code> code(Code own, Configuration configuration) {
        return Stream.concat(Stream.of(own), configuration.layers().stream().map(LayerUse::code))
                .collect(Collectors.toSet());
    }

    /** Where the service answers, without a path: the value for {@code AWS_ENDPOINT_URL_LAMBDA}. */
    public URI endpoint() {
        return endpoint;
    }

    /** The names of all operations that have a path, also of those that are only refused by name. */
    Set<String> operations() {
        return routes.names();
    }

    /** What can be changed while the service runs. */
    public Switches switches() {
        return switches;
    }

    /**
     * Answers requests under a path of their own from now on.
     *
     * @param path begins and ends with a slash
     */
    public void mount(String path, Extension extension) {
        server.createContext(path, new ExtensionFront(extension, chance, log));
    }

    /**
     * Does what a request would, without any interceptor in between and nothing in the log.
     *
     * @param path of the operation, without a query
     * @return the error code, empty if there is none
     */
    public String ask(String method, String path, byte[] body) throws IOException, InterruptedException {
        try {
            Routes.Match match = routes.find(method, path, Set.of());
            Request request = new Request(chance.uuid(), match.variables(), Map.of(), name -> "", body);
            return match.route().operation().answer(request).errorCode();
        } catch (LambdaFault e) {
            return e.kind().code();
        }
    }

    /** Stops answering, stops every running function, and gives the data directory free. */
    @Override
    public void close() throws IOException {
        server.stop(0);
        events.close();
        executor.shutdownNow();
        boolean stopped = false;
        try {
            stopped = executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            runner.close();
            dataLock.close();
        }
        if (!stopped) {
            throw new IOException(
                    "invocations did not stop within " + STOP_SECONDS + " s of closing the Lambda service");
        }
    }
}
