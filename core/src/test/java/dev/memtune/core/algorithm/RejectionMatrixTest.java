// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a package and the exact line that it gives. The table is the contract. */
class RejectionMatrixTest {

    /**
     * A fault.
     *
     * @param change what is done to a good Python package
     * @param line the one problem expected
     */
    record Fault(UnaryOperator<PackageFixture> change, String line) {
        @Override
        public String toString() {
            return line;
        }
    }

    static Stream<Fault> metadataFaults() {
        return Stream.of(
                metadata("", "metadata.json: must be one JSON object, got: nothing. Mend the JSON"),
                metadata("[]", "metadata.json: must be a JSON object, got: a list of 0. Mend the JSON"),
                metadata(
                        "{\"name\": secret}",
                        "metadata.json: must be one JSON object, got: not JSON at line 1, column 10. Mend the JSON"),
                metadata(
                        "{\"name\": \"a\", \"name\": \"b\"}",
                        "metadata.json: must be one JSON object, got: a name given twice at line 1, column 21."
                                + " Mend the JSON"),
                metadata(
                        "{\"runtime\": \"python3.12\"}",
                        "name: must be given: 1 to 64 letters, digits, '-' or '_', got: nothing."
                                + " Choose such a name, it becomes the function's"),
                field(
                        "\"memoryValue\": [128]",
                        "memoryValue: is not a field of metadata.json, got: 'memoryValue'. Did you mean 'memoryValues'?"),
                field(
                        "\"xyzzy\": 1",
                        "xyzzy: is not a field of metadata.json, got: 'xyzzy'. The fields are name, runtime, handler,"
                                + " type, output, architecture, memoryValues, num, strategy, policy, timeoutSeconds,"
                                + " environment, layers, payload"),
                field(
                        "\"memoryValues\": [127]",
                        "memoryValues[0]: must be a whole number from 128 to 10240, got: 127. Choose one in this range"),
                field(
                        "\"memoryValues\": [128, \"256\"]",
                        "memoryValues[1]: must be a whole number from 128 to 10240, got: '256'. Choose one in this range"),
                field(
                        "\"memoryValues\": [128, 256, 128.0]",
                        "memoryValues: must have each item once, got: 128 more than once. Remove the second"),
                field(
                        "\"memoryValues\": []",
                        "memoryValues: must be a list of 1 to 100 items, got: 0 items. Write it as [ … ]"),
                field("\"num\": 0", "num: must be a whole number from 1 to 1000, got: 0. Choose one in this range"),
                field("\"num\": 1.5", "num: must be a whole number from 1 to 1000, got: 1.5. Choose one in this range"),
                field(
                        "\"num\": 1e999999999",
                        "num: must be a whole number from 1 to 1000, got: 1E+999999999. Choose one in this range"),
                field(
                        "\"timeoutSeconds\": 901",
                        "timeoutSeconds: must be a whole number from 1 to 900, got: 901. Choose one in this range"),
                field(
                        "\"strategy\": \"cheap\"",
                        "strategy: must be cost, duration (or speed) or balanced, got: 'cheap'. Choose one of them"),
                field("\"type\": null", "type: must be in, out or transform, got: null. Choose one of them"),
                field(
                        "\"output\": \"topic\", \"type\": \"out\"",
                        "output: must be queue or bucket, got: 'topic'. Choose one of them"),
                field(
                        "\"architecture\": \"arm\"",
                        "architecture: must be x86_64 or arm64, got: 'arm'."
                                + " Choose the one that the code and its packages are built for"),
                field(
                        "\"policy\": \"Best One\"",
                        "policy: must be the name of a search policy, small letters, digits and '-', got: 'Best One'."
                                + " Write it like exhaustive or standard, or leave it out"),
                field(
                        "\"environment\": {\"AWS_REGION\": \"x\"}",
                        "environment: must not set what Lambda sets itself, got: 'AWS_REGION'. Remove or rename it"),
                field(
                        "\"environment\": {\"PASSWORD\": 12345}",
                        "environment.PASSWORD: must be a text, got: another type. Put it in quotes"),
                field(
                        "\"environment\": {\"BIG\": \"" + "x".repeat(4_094) + "\"}",
                        "environment: must have at most 4096 bytes, names and values together, got: 4097 bytes."
                                + " Move the large ones to a file of the package"),
                field(
                        "\"layers\": [\"my-layer\"]",
                        "layers[0]: must be the ARN of a layer's version, got: 'my-layer'."
                                + " Write it like arn:aws:lambda:eu-west-1:123456789012:layer:name:1"),
                field(
                        "\"handler\": \"handler\"",
                        "handler: must have the form module.function, such as handler.handler, got: 'handler'."
                                + " Write it so"),
                field(
                        "\"handler\": \"main.run\"",
                        "handler: must be in the package: 'main.run' needs main.py or main/__init__.py, got: handler.py."
                                + " Add the file, or correct the handler or the runtime in metadata.json"),
                field(
                        "\"payload\": 1",
                        "payload: must not be given together with files in tests/, got: a payload and 1 files."
                                + " Move the payload to a file in tests/, or leave tests/ out"));
    }

    static Stream<Fault> fileFaults() {
        return Stream.of(
                new Fault(
                        good -> good.without("metadata.json"),
                        "metadata.json: must be at the root of the package, got: no such file."
                                + " Add it, with at least name and runtime"),
                new Fault(
                        good -> good.without("metadata.json").with("sum/metadata.json", PackageFixture.PYTHON),
                        "metadata.json: must be at the root of the package, got: only sum/metadata.json."
                                + " Pack the content of the folder, not the folder itself"),
                new Fault(
                        good -> good.with("metadata.json", "{\"name\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1)),
                        "metadata.json: must be UTF-8, got: other bytes. Save it as UTF-8"),
                new Fault(
                        good -> good.without("tests/a.json"),
                        "tests/: must hold at least one event, or metadata.json a payload, got: neither."
                                + " Add a file such as tests/first.json with an event that the function accepts"),
                new Fault(
                        good -> good.with("tests/b.json", "{\"password\": hunter2}"),
                        "tests/b.json: must be one JSON value, got: not JSON at line 1, column 14. Mend the JSON"),
                new Fault(
                        good -> good.with("tests/b.json", "{} {}"),
                        "tests/b.json: must be one JSON value, got: not JSON at line 1, column 4. Mend the JSON"),
                new Fault(
                        good -> good.with("tests/b.txt", "{}"),
                        "tests/b.txt: must be an event file, *.json, directly in tests/, got: 'b.txt'."
                                + " Rename it, or move it out of tests/"),
                new Fault(
                        good -> good.with("tests/b.json", "[" + " ".repeat(6 * 1024 * 1024) + "]"),
                        "tests/b.json: must have at most 6291456 bytes, the most that Lambda takes, got: 6291458 bytes."
                                + " Make the event smaller"),
                new Fault(
                        good -> good.without("handler.py").with("handler.js", ""),
                        "handler: must be in the package: 'handler.handler' needs handler.py or handler/__init__.py,"
                                + " got: handler.js. Add the file, or correct the handler or the runtime in"
                                + " metadata.json"),
                new Fault(
                        good -> good.with("packages/handler.py", ""),
                        "packages/handler.py: must not have the place of another file once deployed, got: two files for"
                                + " handler.py. Rename or remove one of them"),
                new Fault(
                        good -> java(good, "java21", ""),
                        "handler: must be given for a Java runtime, got: nothing."
                                + " Name the class that implements RequestHandler, such as com.example.Handler"),
                new Fault(
                        good -> java(good, "java21", ", \"handler\": \"a.B\"")
                                .with(
                                        "handler.jar",
                                        PackageFixture.empty()
                                                .with("a/C.class", "")
                                                .zip()),
                        "handler: must be in the package: 'a.B' needs a/B.class at the root or in a jar,"
                                + " got: lib/handler.jar. Add the file, or correct the handler or the runtime in"
                                + " metadata.json"),
                new Fault(
                        good -> java(good, "java21", ", \"handler\": \"a.B\"").with("handler.jar", "PK broken"),
                        "lib/handler.jar: must be a whole jar, got: a zip without its end (9 bytes): cut off or damaged."
                                + " Build it again"),
                new Fault(
                        good -> java(good, "java25", ", \"handler\": \"a.B\"")
                                .with("a/B.class", "")
                                .with("packages/notes.txt", ""),
                        "packages/notes.txt: must be a jar directly in packages/, because Java on Lambda finds no other,"
                                + " got: 'notes.txt'. Put jars there and nothing else"));
    }

    @ParameterizedTest
    @MethodSource({"metadataFaults", "fileFaults"})
    void refusesWithOneExactLine(Fault fault) {
        assertThat(fault.change().apply(PackageFixture.python()).problems()).containsExactly(fault.line());
    }

    @Test
    void listsSeveralProblemsAtOnce() {
        List<String> problems = PackageFixture.python()
                .with(
                        "metadata.json",
                        "{\"runtime\": \"python3.12\", \"num\": 0, \"memoryValues\": [1, 20000], \"strategi\": \"cost\"}")
                .without("handler.py")
                .with("tests/bad.json", "{")
                .with("../out.txt", "")
                .problems();

        assertThat(problems)
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "file",
                        "strategi",
                        "name",
                        "memoryValues[0]",
                        "memoryValues[1]",
                        "num",
                        "tests/bad.json",
                        "handler");
    }

    @Test
    void doesNotBlameMissingTestsOnMetadataThatCannotBeRead() {
        assertThat(PackageFixture.empty().with("metadata.json", "{").problems())
                .singleElement()
                .asString()
                .startsWith("metadata.json: must be one JSON object");
    }

    @Test
    void keepsHostileNamesOffTheTerminal() {
        assertThat(PackageFixture.python()
                        .with("metadata.json", "{\"name\": \"a\\u001b[2J\\u202e\", \"runtime\": \"python3.12\"}")
                        .problems())
                .singleElement()
                .asString()
                .contains("got: 'a?[2J?'");
    }

    private static Fault metadata(String json, String line) {
        return new Fault(good -> good.with("metadata.json", json), line);
    }

    private static Fault field(String field, String line) {
        return metadata("{\"name\": \"sum\", \"runtime\": \"python3.12\", " + field + "}", line);
    }

    private static PackageFixture java(PackageFixture good, String runtime, String more) {
        return good.without("handler.py")
                .with("metadata.json", "{\"name\": \"sum\", \"runtime\": \"" + runtime + "\"" + more + "}");
    }
}
