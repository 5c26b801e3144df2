// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unstructured filter patterns of CloudWatch Logs: every plain term, any of the {@code ?optional} ones, none of the
 * {@code -excluded} ones; quotes keep spaces and signs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForLogEvents.html">Filter
 *     pattern syntax</a>
 */
final class LogFilter implements Predicate<String> {
    private static final Pattern TERM = Pattern.compile("([?-]?)(?:\"([^\"]*)\"|(\\S+))");

    private final List<String> all = new ArrayList<>();
    private final List<String> any = new ArrayList<>();
    private final List<String> none = new ArrayList<>();

    private LogFilter() {}

    /** @throws LogsFault if it is a pattern for JSON or space-delimited events, which this service does not have */
    static LogFilter of(String pattern) {
        LogFilter filter = new LogFilter();
        if (pattern.startsWith("{") || pattern.startsWith("[") || pattern.startsWith("%")) {
            throw LogsFault.invalid(
                    "The embedded Lambda service filters by terms only (error \"a phrase\" ?any -none), got: "
                            + pattern);
        }
        Matcher matcher = TERM.matcher(pattern);
        while (matcher.find()) {
            String term = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            filter.listOf(String.valueOf(matcher.group(1))).add(term);
        }
        return filter;
    }

    private List<String> listOf(String sign) {
        if (sign.equals("?")) {
            return any;
        }
        return sign.equals("-") ? none : all;
    }

    @Override
    public boolean test(String message) {
        return all.stream().allMatch(message::contains)
                && (any.isEmpty() || any.stream().anyMatch(message::contains))
                && none.stream().noneMatch(message::contains);
    }
}
