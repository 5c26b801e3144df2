// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about the service names its operations: no more and no fewer. */
class OperationsDocumentTest extends ServiceFixture {
    private static final Pattern OPERATION = Pattern.compile("\\b[A-Z][a-z]+[A-Z][A-Za-z]+\\b|\\bInvoke\\b");

    @Test
    void namesTheOperationsThatThereAre() throws Exception {
        String page = Files.readString(Path.of("../docs/reference/lambda-service.md"));
        String table = page.substring(page.indexOf("| Area |"), page.indexOf("Every other call"));
        TreeSet<String> documented = new TreeSet<>(OPERATION
                .matcher(table.replace("CloudWatch", "").replaceAll("RequestResponse|DryRun", ""))
                .results()
                .map(MatchResult::group)
                .toList());
        TreeSet<String> served = new TreeSet<>(lambda.operations());
        served.removeAll(MissingOperations.ALL.keySet());
        served.removeIf(name -> name.equals("DownloadCode")
                || name.equals(LogsOperations.UNKNOWN)
                || name.equals("ListEvents")
                || name.equals("ClearEvents"));

        assertThat(documented).isEqualTo(served);
    }
}
