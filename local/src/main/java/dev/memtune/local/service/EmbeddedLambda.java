// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.sun.net.httpserver.HttpServer;
import dev.memtune.local.function.Code;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.Lifecycle;
import dev.memtune.local.function.Version;
import dev.memtune.local.process.FunctionRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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

    private EmbeddedLambda(ServiceSettings settings, FunctionRunner runner, DataLock dataLock, HttpServer server)
            throws IOException {
        this.runner = runner;
        this.dataLock = dataLock;
        this.server = server;
        this.switches = new Switches(settings.windows(), settings.quotas(), settings.interceptor());
        this.endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext("/", front(settings));
    }

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
            return lambda;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private HttpFront front(ServiceSettings settings) throws IOException {
        Path directory = settings.dataDirectory();
        Chance chance = new Chance(settings.random());
        Pools pools = new Pools(runner, settings.arns());
        Concurrency concurrency = new Concurrency(() -> switches.quotas().concurrentExecutions());
        CodeFiles code = new CodeFiles(directory.resolve("code"));
        FunctionFiles files = new FunctionFiles(directory.resolve("functions"));
        Account account = new Account(files, settings.clock(), settings.arns(), pools, concurrency);
        code.retain(codeInUse(account));
        Lifecycle lifecycle = new Lifecycle(chance::uuid, switches::windows, settings.arns());
        FunctionJson json = new FunctionJson(settings.arns());
        Context context = new Context(account, lifecycle, settings.arns(), code, switches, json);
        CodeUploads uploads = new CodeUploads(code, switches, account, this::endpoint);
        Routes routes = new Routes();
        new FunctionOperations(context, uploads).addTo(routes);
        new AliasOperations(context).addTo(routes);
        new AccountOperations(context, uploads, concurrency).addTo(routes);
        new Invoker(context, runner, pools, concurrency, chance, executor, settings.log()).addTo(routes);
        uploads.addTo(routes);
        routes.addMissing(MissingOperations.ALL);
        return new HttpFront(routes, switches, chance, Thread::sleep, new CallLog(settings.clock(), settings.log()));
    }

    private static Set<Code> codeInUse(Account account) {
        Set<Code> inUse = new HashSet<>();
        for (DeployedFunction function : account.all()) {
            inUse.add(function.latest().deployment().code());
            inUse.add(function.latest().served().code());
            function.versions().values().stream().map(Version::code).forEach(inUse::add);
        }
        return inUse;
    }

    /** Where the service answers, without a path: the value for {@code AWS_ENDPOINT_URL_LAMBDA}. */
    public URI endpoint() {
        return endpoint;
    }

    /** What can be changed while the service runs. */
    public Switches switches() {
        return switches;
    }

    /** Stops answering, stops every running function, and gives the data directory free. */
    @Override
    public void close() throws IOException {
        server.stop(0);
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
