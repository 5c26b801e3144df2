// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.serve;

import dev.memtune.cli.FileTrouble;
import dev.memtune.cli.Home;
import dev.memtune.cli.Interrupts;
import dev.memtune.cli.Terminal;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.run.Outcome;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.service.DataDirectoryInUse;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memtune serve}: the embedded Lambda service, until it is stopped. */
@Command(
        name = "serve",
        description =
                "Runs the embedded Lambda service on loopback until it is stopped: the aws command line, boto3 and the SDKs"
                        + " create, version, alias and invoke functions there, which run as processes of this machine."
                        + " Prints the environment variables to set; logs one line per call to standard error.",
        footer = {
            "",
            "Ctrl-C stops it, and every function with it; functions are kept in the data folder.",
            "Exit codes: 130 after Ctrl-C, 143 after SIGTERM, 2 if the port or the folder is taken."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final String DEFAULT_PORT = "9470";
    private static final int PORT_MAX = 65_535;
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");

    private final Terminal terminal;
    private final Home home;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = DEFAULT_PORT,
            description = "The port on loopback; 0 takes a free one. Default: " + DEFAULT_PORT + ".")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that keeps the functions. Default: $XDG_STATE_HOME/memtune/serve.")
    private @Nullable Path data;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "us-east-1",
            description = "The region in ARNs; clients may use any. Default: us-east-1.")
    private String region = "us-east-1";

    @Option(
            names = {"-q", "--quiet"},
            description = "Logs no calls, only what goes wrong.")
    private boolean quiet;

    /** For this terminal and home. */
    public ServeCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Path folder = data == null ? home.state().resolve("serve") : data;
        try (ServedLambda lambda = open(folder.toAbsolutePath())) {
            greet(lambda, folder.toAbsolutePath());
            return Interrupts.cleaningUp(() -> stop(lambda), () -> {
                new CountDownLatch(1).await(); // a signal ends the process; see Interrupts
                return Outcome.KEPT.exitCode();
            });
        }
    }

    private void check() {
        if (port < 0 || port > PORT_MAX) {
            throw bad(
                    "--port",
                    "must be between 0 and " + PORT_MAX,
                    Integer.toString(port),
                    "Leave it out for the default");
        }
        if (!REGION.matcher(region).matches()) {
            throw bad("--region", "must be a region such as eu-central-1", region, "Leave it out for us-east-1");
        }
    }

    private ServedLambda open(Path folder) throws IOException {
        try {
            FunctionArns arns = new FunctionArns(region, ServedLambda.ACCOUNT);
            return ServedLambda.start(folder, port, arns, quiet ? line -> {} : terminal.err()::println);
        } catch (DataDirectoryInUse e) {
            throw bad(
                    "--data",
                    "must be a folder that no other Lambda service uses",
                    folder.toString(),
                    "Process " + e.holder() + " uses it: stop that one, or give another folder");
        } catch (BindException e) {
            throw bad(
                    "--port",
                    "must be free on 127.0.0.1",
                    Integer.toString(port),
                    "Stop what listens there, or give another port; 0 takes a free one");
        } catch (FileSystemException e) {
            throw bad(
                    "--data",
                    "must be a folder that can be written",
                    folder.toString(),
                    "The system says: " + FileTrouble.words(e));
        }
    }

    private void greet(ServedLambda lambda, Path folder) {
        PrintStream out = terminal.out();
        out.println("# The embedded Lambda service answers at " + lambda.endpoint() + "; Ctrl-C stops it.");
        out.println("# Functions are kept in " + folder + ".");
        Isolation isolation = lambda.isolation();
        out.println("# CPU share: " + isolation.cpu() + ". Memory limit: " + isolation.memory() + ".");
        out.println("# Files: " + isolation.files() + ".");
        out.println("export AWS_ENDPOINT_URL_LAMBDA=" + lambda.endpoint());
        out.println("export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=" + lambda.endpoint());
        out.println("export AWS_REGION=" + region + " AWS_DEFAULT_REGION=" + region);
        out.println("export AWS_ACCESS_KEY_ID=memtune AWS_SECRET_ACCESS_KEY=memtune");
        out.flush();
    }

    private void stop(ServedLambda lambda) {
        try {
            lambda.close();
            terminal.err().println("memtune: the Lambda service has stopped, and all functions with it");
        } catch (IOException e) {
            terminal.err().println("memtune: the Lambda service did not stop cleanly: " + e.getMessage());
        }
    }

    private static BadInput bad(String field, String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem(field, rule, received, remedy)));
    }
}
