// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage and bad input: refused with words that help, before anything is created. */
class UsageTest {
    private static final int HELP_WIDTH = 100;
    private static final String PYTHON = "tune {good} --runtime python3.12 --handler app.handler ";

    /**
     * One refusal.
     *
     * @param arguments split at spaces; {@code {name}} is a path in the test's folder, {@code ''} an empty argument
     * @param words what the message must have: field, rule, what was received, what to do
     */
    record Refusal(String arguments, List<String> words) {
        static Refusal of(String arguments, String... words) {
            return new Refusal(arguments, List.of(words));
        }

        @Override
        public String toString() {
            return "memtune " + arguments;
        }
    }

    static final List<Refusal> REFUSALS = List.of(
            Refusal.of("", "a command is missing", "memtune --help"),
            Refusal.of("tun {good}", "command: must be a known one", "tun", "Did you mean tune"),
            Refusal.of("help", "command: must be a known one", "help", "memtune --help"),
            Refusal.of("--versio", "option: must be a known one", "--versio", "Did you mean --version?"),
            Refusal.of("tune --value 128 {good}", "option", "got: --value.", "Did you mean --values?"),
            Refusal.of("clean fn --daata x", "option", "--daata", "Did you mean --data?"),
            Refusal.of("tune {good} more", "argument: must not be there", "more", "memtune tune --help"),
            Refusal.of("tune", "TARGET: must be given", "nothing", "memtune tune --help"),
            Refusal.of("clean", "FUNCTION: must be given", "nothing", "memtune clean --help"),
            Refusal.of("clean a/b", "FUNCTION: must be a function's name or ARN", "a/b", "Give the name"),
            Refusal.of(PYTHON + "--values", "--values", "memtune tune --help"),
            Refusal.of(
                    PYTHON + "--values 100", "--values[0]: must be a whole number from 128 to 10240", "100", "such as"),
            Refusal.of(PYTHON + "--values 128,10241", "--values[1]", "from 128 to 10240", "10241", "such as"),
            Refusal.of(PYTHON + "--values 128,128", "--values[1]: must not be there twice", "128", "once"),
            Refusal.of(PYTHON + "--values abc", "--values[0]", "whole number", "abc", "such as --values"),
            Refusal.of(PYTHON + "--values ''", "--values[0]", "whole number", "such as --values"),
            Refusal.of(PYTHON + "--num 0", "--num: must be a whole number from 1", "0", "Leave it out"),
            Refusal.of(PYTHON + "--num x", "--num: must be a whole number from 1", "x", "Leave it out"),
            Refusal.of(PYTHON + "--num 1.5", "--num: must be a whole number from 1", "1.5", "Leave it out"),
            Refusal.of(PYTHON + "--strategy fast", "--strategy: must be", "fast", "cost", "duration", "balanced"),
            Refusal.of(PYTHON + "--parallel 0", "--parallel: must be a whole number from 1", "0", "Leave it out"),
            Refusal.of(PYTHON + "--promote ''", "--promote: must be", "\"\"", "such as prod"),
            Refusal.of(PYTHON + "--promote 7", "--promote: must be an alias name", "7", "such as prod"),
            Refusal.of(PYTHON + "--promote memtune-x", "--promote", "not memtune's own", "memtune-x"),
            Refusal.of(PYTHON + "--calls-per-month 0", "--calls-per-month: must be a whole number", "0", "a month"),
            Refusal.of(PYTHON + "--cold-start-share 2", "--cold-start-share: must be", "2", "or logs"),
            Refusal.of(PYTHON + "--price-override 1", "--price-override: must be two numbers", "1", "0.0000166667,0.2"),
            Refusal.of(PYTHON + "--price-override 1,x", "--price-override: must be two numbers", "1,x", "a GB-second"),
            Refusal.of(PYTHON + "--payload {oops}/x", "--payload: must be JSON", "line 1, column 1", "Mend the JSON"),
            Refusal.of(
                    PYTHON + "--payload @{nothing}", "--payload: must name a readable file", "there is no such file"),
            Refusal.of(PYTHON + "--payload @{good}/app.py", "--payload: must be JSON", "Mend the JSON"),
            Refusal.of(
                    PYTHON + "--payload [{\"payload\":1,\"weight\":0},{\"payload\":2,\"weight\":0}]",
                    "--payload[0].weight: must be a number more than 0",
                    "--payload[1].weight",
                    "got: 0",
                    "Give each payload its share"),
            Refusal.of(PYTHON + "--json {nothing}/result.json", "--json: must name a file", "Make the folder"),
            Refusal.of(PYTHON + "--json {good}", "--json: must name a file", "Make the folder"),
            Refusal.of(PYTHON + "--values 1 --num 0 --strategy x", "--values[0]", "--num", "--strategy"),
            Refusal.of("tune {good}", "--runtime: must be given", "without metadata.json", "nothing", "python3.12"),
            Refusal.of("tune {good} --runtime python3.12", "handler", "handler.py", "only app.py"),
            Refusal.of("tune {good} --runtime cobol1 --handler app.handler", "runtime", "cobol1", "python3."),
            Refusal.of("tune {good} --handler app.handler", "--runtime", "must be given"),
            Refusal.of("tune {nohandler} --handler a.b", "--handler: must come together with --runtime", "a.b", "both"),
            Refusal.of("tune {nothing}", "TARGET: must be a folder, a zip, or", "no such path", "Check the path"),
            Refusal.of("tune {nothing}.zip", "TARGET", "no such path", "Check the path"),
            Refusal.of("tune nothing --runtime python3.12", "TARGET: must be a folder or zip", "Check the path"),
            Refusal.of("tune {broken.zip}", "package: must be a whole zip", "cut off or damaged", "Pack it again"),
            Refusal.of("tune {evil.zip}", "../evil.py", "must", "got:"),
            Refusal.of("tune {nohandler}", "handler: must be in the package", "handler.handler", "Add the file"),
            Refusal.of("tune {faulty}", "name", "runtime", "memoryValues", "num", "strateg"),
            Refusal.of("tune my-function", "--payload: must be given", "nothing", "--payload '{}'"),
            Refusal.of("tune my-function --payload {}", "--yes: must be given", "nothing", "Add --yes"),
            Refusal.of(
                    "upload {good}.zip", "--to: must be given, or --stack, and not both", "nothing", "Name a watched"),
            Refusal.of("upload {good}.zip --to {good} --stack s", "--to: must be given, or --stack", "and a stack"),
            Refusal.of("status --region eu-central-1", "--stack: must be given with --region", "nothing", "Add it"),
            Refusal.of("history a --stack s --folder {good}", "--folder: must not come together with --stack", "Leave"),
            Refusal.of("serve --port abc", "--port: must be a whole number", "got: abc", "See 'memtune serve --help'"),
            Refusal.of("replay {nothing}.csv", "DATA: must be a CSV file", "nothing.csv", "there is no such file"),
            Refusal.of("tune --input {nothing}", "--input: must name a readable file", "there is no such file"),
            Refusal.of("tune a..b --payload {}", "TARGET: must be a function's name or ARN", "a..b", "Give"));

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder.resolve("state"));
        Code.python(folder.resolve("good"), "def handler(event, context):\n    return event\n");
        Code.folder(folder.resolve("nohandler"), Map.of("metadata.json", """
                {"name": "nohandler", "runtime": "python3.12", "payload": {}}
                """));
        Code.folder(folder.resolve("faulty"), Map.of("handler.py", "", "metadata.json", """
                {"name": "a b", "runtime": "python2", "memoryValues": [1], "num": 0, "strategi": "cost", "payload": {}}
                """));
        Files.writeString(folder.resolve("broken.zip"), "PK\u0003\u0004 and no more");
        Code.zip(folder.resolve("evil.zip"), Map.of("../evil.py", "print('out')", "metadata.json", """
                {"name": "evil", "runtime": "python3.12", "payload": {}}
                """));
    }

    private String[] arguments(String text) {
        return text.isBlank()
                ? new String[0]
                : Arrays.stream(text.strip().split(" "))
                        .map(word -> word.equals("''") ? "" : word.replaceAll("\\{([a-z.]+)}", folder + "/$1"))
                        .toArray(String[]::new);
    }

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void refusesWithWordsThatHelpBeforeAnythingIsCreated(Refusal refusal) throws IOException {
        Result result = cli.launch(arguments(refusal.arguments()));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(refusal.words()).doesNotContain("\tat ", "defect");
        assertThat(result.err().lines()).allMatch(line -> line.startsWith("memtune: "));
        assertThat(cli.files()).isEmpty();
        assertThat(folder.resolve("../evil.py")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "demo --help", "tune --help", "clean --help", "-h", "tune -h"})
    void helpFitsAndHasNoEscapes(String arguments) {
        Result result = cli.launch(arguments.split(" "));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: memtune").contains("--help").doesNotContain("\u001b");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= HELP_WIDTH);
    }

    @Test
    void helpNamesEveryCommandAndEveryExitCode() {
        String help = cli.launch("--help").out();

        assertThat(help).contains("demo", "tune", "clean", "serve");
        assertThat(help.lines().map(line -> line.strip().replaceFirst(" .*", "")))
                .contains("0", "1", "2", "3", "4", "5", "6", "7", "130");
    }

    @Test
    void theVersionIsANumberAndTheJava() {
        Result result = cli.launch("--version");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).matches("(?s)memtune \\d+\\.\\d+\\.\\d+\\S*\\RJava \\d.*");
    }
}
