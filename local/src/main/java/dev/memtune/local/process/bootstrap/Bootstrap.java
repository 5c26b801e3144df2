// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program of a Java function's process: loads the handler, then serves invocations until the host is gone. */
public final class Bootstrap {
    private static final int NESTED_CAUSES_MAX = 10;

    private final RuntimeClient client;
    private final PrintStream output;

    private Bootstrap(RuntimeClient client, PrintStream output) {
        this.client = client;
        this.output = output;
    }

    /**
     * Serves until the process is killed.
     *
     * @param args the handler string, {@code package.Class} or {@code package.Class::method}
     */
    public static void main(String[] args) {
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        RuntimeClient client = new RuntimeClient(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        try {
            new Bootstrap(client, output).serve(args[0]);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1); // the host is gone, and so are we
        }
    }

    private void serve(String name) throws IOException {
        Handler handler;
        try {
            handler = HandlerLoader.load(name);
        } catch (HandlerLoader.LoadFailure e) {
            failInit(e.errorType(), String.valueOf(e.getMessage()), e.getCause() == null ? e : e.getCause());
            return;
        } catch (Throwable e) {
            failInit(e.getClass().getName(), String.valueOf(e.getMessage()), e);
            return;
        }
        endOutput("init");
        while (true) {
            handle(handler, client.call("GET", "invocation/next", new byte[0], ""));
        }
    }

    private void failInit(String type, String message, Throwable cause) throws IOException {
        print(message, cause);
        Map<String, Object> document = document(type, message, cause);
        client.call("POST", "init/error", Json.write(document), type);
        Runtime.getRuntime().halt(1);
    }

    private void handle(Handler handler, RuntimeClient.Answer next) throws IOException {
        String id = next.header("lambda-runtime-aws-request-id");
        System.setProperty("com.amazonaws.xray.traceHeader", next.header("lambda-runtime-trace-id"));
        try {
            byte[] response = handler.handle(next.body(), new InvocationContext(next, output));
            endOutput(id);
            client.call("POST", "invocation/" + id + "/response", response, "");
        } catch (IOException e) {
            if (client.broken()) {
                throw e;
            }
            fail(id, e);
        } catch (Throwable e) {
            fail(id, e instanceof InvocationTargetException wrapped ? wrapped.getTargetException() : e);
        }
    }

    private void fail(String id, Throwable error) throws IOException {
        String type = error.getClass().getName();
        print(String.valueOf(error.getMessage()), error);
        byte[] document = Json.write(document(type, error.getMessage(), error));
        endOutput(id);
        client.call("POST", "invocation/" + id + "/error", document, type);
        if (error instanceof VirtualMachineError) {
            Runtime.getRuntime().halt(1); // as Lambda's runtime: the JVM may be broken
        }
    }

    private void print(String message, Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        output.println(message + ": " + error.getClass().getName());
        output.print(trace);
    }

    private static Map<String, Object> document(String type, @Nullable String message, Throwable error) {
        Map<String, Object> root = describe(error);
        root.put("errorType", type);
        root.put("errorMessage", String.valueOf(message));
        Map<String, Object> inner = root;
        Throwable cause = error.getCause();
        for (int depth = 0; cause != null && depth < NESTED_CAUSES_MAX; depth++) {
            Map<String, Object> next = describe(cause);
            inner.put("cause", next);
            inner = next;
            cause = cause.getCause();
        }
        return root;
    }

    private static Map<String, Object> describe(Throwable error) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("errorMessage", String.valueOf(error.getMessage()));
        document.put("errorType", error.getClass().getName());
        List<String> trace = Arrays.stream(error.getStackTrace())
                .map(StackTraceElement::toString)
                .filter(line -> !line.contains("dev.memtune.local.process.bootstrap."))
                .toList();
        document.put("stackTrace", trace);
        return document;
    }

    // The host tells by this mark that nothing of the invocation's output is still under way.
    private void endOutput(String requestId) {
        System.out.flush();
        System.err.flush();
        output.print("\0memtune-end " + requestId + "\n");
        output.flush();
    }
}
