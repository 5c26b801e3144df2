// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Cold starts of the steps: their real packages, as {@code sam build} makes them, in the embedded service at the memory sizes
 * of {@code template.yaml}. The first call is the step's event of {@code events/}. The run store is one that is empty and takes
 * everything, so Initialize does all of its work; the others end at its first answer, that there is no
 * such run. The last column says whose classes were loaded by then, which takes most of the time.
 *
 * <p>Arguments: the folder of built functions, {@code ../.aws-sam/build} if left out, and cold starts per step, 5 if left out.
 */
public final class StepStartBenchmark {
    private static final Pattern STEP = Pattern.compile(
            "\\n {2}(\\w+)Function:\\n {4}Type: AWS::Serverless::Function.*?Handler: (\\S+).*?MemorySize: (\\d+)",
            Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("\\] ([\\w.$/]+) source:");
    private static final Map<String, String> EVENTS = Map.of(
            "Initializer", "step-initialize",
            "Publisher", "step-publish",
            "Executor", "step-execute",
            "Analyzer", "step-analyze",
            "Promoter", "step-promote",
            "Cleaner", "step-clean",
            "Recorder", "step-record");
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final BenchService service;
    private final URI store;
    private final int samples;

    private StepStartBenchmark(BenchService service, URI store, int samples) {
        this.service = service;
        this.store = store;
        this.samples = samples;
    }

    /** A step's function in the template. */
    private record Step(String name, String handler, int memoryMB) {}

    /** Prints a line per step. */
    public static void main(String[] arguments) throws IOException {
        Path built = Path.of(arguments.length > 0 ? arguments[0] : "../.aws-sam/build");
        int samples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        HttpServer store = emptyStore();
        try (BenchService service = BenchService.inNewFolder()) {
            URI address = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
            StepStartBenchmark benchmark = new StepStartBenchmark(service, address, samples);
            System.out.println(service.isolation() + "; " + BenchService.load());
            System.out.println(
                    "step          MB of memory  package MB  init ms  first call ms  next call ms  max memory MB"
                            + "  classes (most of)");
            benchmark.addTarget();
            for (Step step : steps()) {
                benchmark.measure(step, built.resolve(step.name + "Function"));
            }
            System.out.println(BenchService.load());
        } finally {
            store.stop(0);
        }
    }

    /** Takes every write and has nothing. */
    private static HttpServer emptyStore() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, NOTHING.length);
            exchange.getResponseBody().write(NOTHING);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(Files.readString(Path.of("..", "template.yaml")));
        while (step.find()) {
            if (EVENTS.containsKey(step.group(1))) {
                steps.add(
                        new Step(step.group(1), step.group(2).replaceAll("::.*", ""), Integer.parseInt(step.group(3))));
            }
        }
        return steps;
    }

    /** The function that the events name. */
    private void addTarget() throws IOException {
        String body = Functions.PYTHON.creation("my-function", 512);
        try (LoopbackClient client = new LoopbackClient(service.endpoint())) {
            client.send(
                            "POST",
                            FUNCTIONS,
                            body.substring(0, body.lastIndexOf('}'))
                                    + ", \"Tags\": {\"memtune\": \"allow\", \"memtune-promote\": \"allow\"}}")
                    .expect(201);
        }
    }

    private void measure(Step step, Path folder) throws IOException {
        byte[] zip = zip(folder);
        List<Double> init = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> next = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        Path classes = Files.createTempFile(Path.of("target").toAbsolutePath(), "step-", ".classes");
        try (LoopbackClient client = new LoopbackClient(service.endpoint())) {
            for (int i = 0; i < samples; i++) {
                String name = step.name.toLowerCase(Locale.ROOT) + i;
                // The log of classes takes time of its own, so it is kept once, and that start is not counted.
                boolean isLogged = i == samples - 1 && samples > 1;
                client.send(
                                "POST",
                                FUNCTIONS,
                                creation(step, name, zip, isLogged ? "-Xlog:class+load:file=" + classes : ""))
                        .expect(201);
                String cold = call(client, name, step);
                String warm = call(client, name, step);
                if (!isLogged) {
                    init.add(figure(cold, "Init Duration: ([0-9.]+) ms"));
                    first.add(figure(cold, "\tDuration: ([0-9.]+) ms"));
                    next.add(figure(warm, "\tDuration: ([0-9.]+) ms"));
                    memory.add(figure(warm, "Max Memory Used: (\\d+) MB"));
                }
                client.send("DELETE", FUNCTIONS + "/" + name, "").expect(204);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-12s %13d %11.1f %8.0f %14.0f %13.0f %14.0f  %s%n",
                step.name,
                step.memoryMB,
                zip.length / 1e6,
                Quantiles.of(init).median(),
                Quantiles.of(first).median(),
                Quantiles.of(next).median(),
                Quantiles.of(memory).median(),
                origins(classes));
    }

    private String creation(Step step, String name, byte[] zip, String javaOptions) {
        return """
                {"FunctionName": "%s", "Runtime": "java25", "Handler": "%s::handleRequest", "MemorySize": %d,
                 "Timeout": 60, "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ZipFile": "%s"},
                 "Environment": {"Variables": {"MEMTUNE_TABLE": "runs", "AWS_ENDPOINT_URL_DYNAMODB": "%s",
                   "AWS_ENDPOINT_URL_LAMBDA": "%s", "JAVA_TOOL_OPTIONS": "%s"}}}""".formatted(
                        name,
                        step.handler,
                        step.memoryMB,
                        Base64.getEncoder().encodeToString(zip),
                        store,
                        service.endpoint(),
                        javaOptions);
    }

    private static String call(LoopbackClient client, String name, Step step) throws IOException {
        String event = Files.readString(Path.of("..", "events", EVENTS.get(step.name) + ".json"));
        String tail = client.send("POST", FUNCTIONS + "/" + name + "/invocations", event, "X-Amz-Log-Type: Tail")
                .expect(200)
                .headers()
                .getOrDefault("x-amz-log-result", "");
        return new String(Base64.getDecoder().decode(tail), StandardCharsets.UTF_8);
    }

    private static double figure(String log, String form) {
        Matcher figure = Pattern.compile(form).matcher(log);
        if (!figure.find()) {
            throw new IllegalStateException("the log must have " + form + ", got: " + log);
        }
        return Double.parseDouble(figure.group(1));
    }

    /** How many classes were loaded, and the three packages that most of those outside of Java itself are of. */
    private static String origins(Path log) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        long all = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher loaded = CLASS.matcher(line);
            if (loaded.find()) {
                all++;
                counts.merge(origin(loaded.group(1)), 1L, Long::sum);
            }
        }
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return all + " (" + most + ")";
    }

    private static String origin(String name) {
        Matcher known = Pattern.compile("^(java|jdk|sun|com\\.sun|software\\.amazon\\.awssdk\\.services\\.\\w+|"
                        + "software\\.amazon\\.awssdk|com\\.fasterxml\\.jackson|dev\\.memtune)\\b.*")
                .matcher(name);
        String origin = known.matches() ? known.group(1) : "other";
        return switch (origin) {
            case "java", "jdk", "sun", "com.sun" -> "Java";
            default ->
                origin.replace("software.amazon.awssdk.services.", "client of ")
                        .replace("software.amazon.awssdk", "SDK");
        };
    }

    private static byte[] zip(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(folder);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            files.filter(Files::isRegularFile).forEach(file -> add(zip, folder, file));
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, Path folder, Path file) {
        try {
            zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
            Files.copy(file, zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
