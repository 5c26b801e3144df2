// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.wire.CheckInput.Undecided;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.CheckedGate;
import dev.memtune.core.wire.CheckedVersion;
import dev.memtune.core.wire.PriceNote;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.TuningCost;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CheckReportsTest {
    private static final Instant START = Instant.parse("2026-11-26T05:00:00Z");

    private static CheckResult result(Undecided undecided, String function) {
        CheckedVersion candidate =
                new CheckedVersion("$LATEST", "7", 512, "arm64", 62, 61, 2, 105.0, 104.0, 120.0, 106.0, 1.25);
        CheckedVersion baseline =
                new CheckedVersion("prod", "3", 512, "x86_64", 60, 0, 0, null, null, null, null, null);
        return new CheckResult(
                CheckVerdict.FAIL,
                "$LATEST against prod fails",
                "run1",
                function,
                candidate,
                baseline,
                List.of(
                        new CheckedGate(
                                "max-cost-increase", 0.05, CheckVerdict.FAIL, 0.2, 0.1, 0.3, null, "cost +20 %"),
                        new CheckedGate("p95", 300, CheckVerdict.PASS, 120.0, 110.0, 130.0, null, "p95 120 ms"),
                        new CheckedGate(
                                "max-duration-increase", 0.1, CheckVerdict.UNDECIDED, 0.1, 0.0, 0.2, 400, "+10 %")),
                0.95,
                undecided,
                new Spend(122, 0, 3.1, 0.0001),
                new TuningCost(0.0001, 0.0002, 0.0003, 0, 0.0006, false, 42, 3.5, 120, 0),
                new PriceNote("eu-central-1", "arm64", "USD", 1e-5, 0.2, "https://aws.amazon.com", "2026-11-01", false),
                null,
                START,
                START.plusSeconds(90));
    }

    private static Element parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    @Test
    void junitHasACasePerGateAndCountsThem() throws Exception {
        Element suite = parsed(CheckJUnit.of(result(Undecided.FAIL, "work")));
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("skipped")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("90.000");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(2);
        Element first = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("classname")).isEqualTo("memtune.work");
        assertThat(first.getAttribute("name")).isEqualTo("max-cost-increase");
    }

    @Test
    void anUndecidedGateIsSkippedOrPassesAsTheCheckWasTold() throws Exception {
        Element warned = parsed(CheckJUnit.of(result(Undecided.WARN, "work")));
        assertThat(warned.getAttribute("skipped")).isEqualTo("1");
        assertThat(warned.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        Element passed = parsed(CheckJUnit.of(result(Undecided.PASS, "work")));
        assertThat(passed.getAttribute("failures")).isEqualTo("1");
        assertThat(passed.getElementsByTagName("skipped").getLength()).isZero();
    }

    @Test
    void junitOfNoResultIsAnErrorAndStrangersTextIsInert() throws Exception {
        Element suite = parsed(CheckJUnit.ofError("a<b>&\"\u0000\u001b[31m", "x]]>\u0007<failure/>"));
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").getLength()).isZero();
        assertThat(suite.getAttribute("name")).isEqualTo("memtune check a<b>&\"??[31m");
    }

    @Test
    void markdownSaysTheVerdictFirstAndEscapes() {
        String text = CheckMarkdown.of(result(Undecided.FAIL, "wo|rk<script>\n# x"));
        assertThat(text.lines().findFirst().orElseThrow())
                .isEqualTo("**wo\\|rk\\<script\\> \\# x: FAIL** $LATEST against prod fails");
        assertThat(text)
                .contains("| max-cost-increase | 5.0 % | fail | cost \\+20 % |")
                .contains("| candidate $LATEST \\(7\\) | 512 | 61 | 105.0 | 120.0 | 1.25 |")
                .contains("| baseline prod \\(3\\) | 512 | 0 |  |  |  |");
    }

    @Test
    void textHasBothVersionsAndEveryGate() {
        List<String> lines = CheckText.of(result(Undecided.FAIL, "work"));
        assertThat(lines)
                .contains("work", "$LATEST against prod fails", "No alias was moved.")
                .contains("The check itself cost $0.00060 with 42 calls of its own steps and 120 state transitions.");
        assertThat(String.join("\n", lines))
                .containsPattern("candidate \\$LATEST \\(7\\) +512 +61 \\(2 cold\\) +105.0")
                .containsPattern("max-duration-increase +undecided +\\+10 %");
    }
}
