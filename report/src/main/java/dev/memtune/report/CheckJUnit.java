// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import dev.memtune.core.wire.CheckInput.Undecided;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.CheckedGate;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A check's result as JUnit XML, which every pipeline reads: a test case per gate. An undecided gate is a failure, skipped, or
 * passes, as the check was told. What went wrong before there was a result is one case with an error.
 */
public final class CheckJUnit {
    private static final double MS_PER_SECOND = 1_000;

    private CheckJUnit() {}

    /** The document of a result. */
    public static String of(CheckResult result) {
        List<CheckedGate> gates = result.gates();
        long undecided = count(gates, CheckVerdict.UNDECIDED);
        boolean isFailure = result.undecided() == Undecided.FAIL;
        boolean isBroken = result.verdict() == CheckVerdict.FAIL && count(gates, CheckVerdict.FAIL) == 0;
        long failures = count(gates, CheckVerdict.FAIL) + (isFailure ? undecided : 0) + (isBroken ? 1 : 0);
        long skipped = result.undecided() == Undecided.WARN ? undecided : 0;
        return written(xml -> {
            suite(xml, result.function(), new long[] {gates.size() + (isBroken ? 1 : 0), failures, 0, skipped});
            xml.writeAttribute("time", seconds(result));
            for (CheckedGate gate : gates) {
                testCase(xml, result, gate);
            }
            if (isBroken) {
                element(xml, "candidate works", result.function(), "failure", result.statement());
            }
            xml.writeEndElement();
        });
    }

    /** The document of a check that ended without a result. */
    public static String ofError(String function, String message) {
        return written(xml -> {
            suite(xml, function, new long[] {1, 0, 1, 0});
            element(xml, "check", function, "error", message);
            xml.writeEndElement();
        });
    }

    private static long count(List<CheckedGate> gates, CheckVerdict verdict) {
        return gates.stream().filter(gate -> gate.verdict() == verdict).count();
    }

    private static String seconds(CheckResult result) {
        long ms = result.finishedAt() == null
                ? 0
                : Duration.between(result.startedAt(), result.finishedAt()).toMillis();
        return String.format(Locale.ROOT, "%.3f", ms / MS_PER_SECOND);
    }

    /** @param counts tests, failures, errors and skipped */
    private static void suite(XMLStreamWriter xml, String function, long[] counts) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "memtune check " + clean(function));
        String[] names = {"tests", "failures", "errors", "skipped"};
        for (int i = 0; i < names.length; i++) {
            xml.writeAttribute(names[i], Long.toString(counts[i]));
        }
    }

    private static void testCase(XMLStreamWriter xml, CheckResult result, CheckedGate gate) throws XMLStreamException {
        String function = result.function();
        switch (gate.verdict()) {
            case PASS -> element(xml, gate.gate(), function, "", gate.statement());
            case FAIL -> element(xml, gate.gate(), function, "failure", gate.statement());
            case UNDECIDED -> {
                String name =
                        switch (result.undecided()) {
                            case FAIL -> "failure";
                            case WARN -> "skipped";
                            case PASS -> "";
                        };
                element(xml, gate.gate(), function, name, gate.statement());
            }
        }
    }

    /** @param kind of what is the matter; empty if nothing is, and then the message is output */
    private static void element(XMLStreamWriter xml, String name, String function, String kind, String message)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "memtune." + clean(function));
        xml.writeAttribute("name", name);
        if (kind.isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(message));
        } else {
            xml.writeStartElement(kind);
            xml.writeAttribute("message", clean(message));
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /** Something that writes the suite. */
    @FunctionalInterface
    private interface Body {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String written(Body body) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            body.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML to memory", e);
        }
        return text + "\n";
    }

    /** XML 1.0 has no control characters but these, not even escaped: <a href="https://www.w3.org/TR/xml/#charsets">2.2</a>. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
