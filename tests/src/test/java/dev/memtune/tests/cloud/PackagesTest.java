// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code sam build} puts into the packages. */
class PackagesTest {
    private static final long MAX_BYTES = 20_000_000;

    private static final Pattern BANNED = Pattern.compile(
            "netty.*|apache.*client.*|http(core|client).*|.*-tests\\.jar|junit.*|assertj.*|mockito.*|log4j.*|commons-logging.*");

    /** The service clients of each step, and no others. */
    private static final Map<String, List<String>> CLIENTS = Map.ofEntries(
            entry("InitializerFunction", List.of("dynamodb", "lambda", "s3", "sts")),
            entry("PublisherFunction", List.of("cloudwatchlogs", "dynamodb", "lambda", "sts")),
            entry("ExecutorFunction", List.of("cloudwatchlogs", "dynamodb", "lambda", "sts")),
            entry("AnalyzerFunction", List.of("dynamodb")),
            entry("PromoterFunction", List.of("dynamodb", "lambda", "sts")),
            entry("CleanerFunction", List.of("dynamodb", "lambda", "sts")),
            entry("RecorderFunction", List.of("dynamodb", "eventbridge", "sns")),
            entry("SweeperFunction", List.of("dynamodb", "lambda", "sts")),
            entry("IntakeFunction", List.of("dynamodb", "s3")),
            entry("UploadFormFunction", List.of("dynamodb", "s3")),
            entry("TriggerFunction", List.of("dynamodb", "sfn")),
            entry("ProvisionerFunction", List.of("cloudformation", "dynamodb", "lambda", "sqs")));

    private static final List<String> ALL_CLIENTS = List.of(
            "cloudformation",
            "cloudwatchlogs",
            "dynamodb",
            "eventbridge",
            "lambda",
            "pricing",
            "s3",
            "sfn",
            "sns",
            "sqs",
            "sts");

    @Test
    void holdWhatTheirStepUsesAndNothingOfTheTests() throws IOException, InterruptedException {
        Tools.require();
        Path build = Clone.built().resolve(".aws-sam").resolve("build");
        Map<String, List<String>> clients = new TreeMap<>();
        for (String function : CLIENTS.keySet()) {
            List<Path> jars = jars(build.resolve(function).resolve("lib"));
            List<String> names =
                    jars.stream().map(jar -> jar.getFileName().toString()).toList();
            assertThat(names).as(function).noneMatch(name -> BANNED.matcher(name)
                    .matches());
            assertThat(jars.stream().mapToLong(PackagesTest::size).sum())
                    .as(function)
                    .isLessThan(MAX_BYTES);
            clients.put(
                    function,
                    ALL_CLIENTS.stream()
                            .filter(client -> names.stream().anyMatch(name -> name.matches(client + "-\\d.*")))
                            .toList());
        }
        assertThat(clients).isEqualTo(CLIENTS);
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
