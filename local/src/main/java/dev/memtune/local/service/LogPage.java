// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.logs.LogEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of events: at most 10,000 and 1 MiB, as CloudWatch Logs has it.
 *
 * @param events the page, by time
 * @param complete whether nothing is left in the page's direction
 */
record LogPage(List<LogEvent> events, boolean complete) {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final Pattern TOKEN = Pattern.compile("([fb])/(\\d{1,18})\\.(\\d{1,18})");

    /**
     * A place between events, as tokens tell it.
     *
     * @param forward whether the page is after it
     * @param timestampMs the time of the event at the place
     * @param position its position
     */
    record Place(boolean forward, long timestampMs, long position) {
        /** @throws LogsFault if it is no token of this service */
        static Place parse(String token) {
            Matcher matcher = TOKEN.matcher(token);
            if (!matcher.matches()) {
                throw LogsFault.invalid("The specified nextToken is invalid.");
            }
            return new Place(
                    matcher.group(1).equals("f"), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        }

        static Place at(LogEvent event, boolean forward) {
            return new Place(forward, event.timestampMs(), event.position());
        }

        Place turned(boolean other) {
            return new Place(other, timestampMs, position);
        }

        String token() {
            return (forward ? "f/" : "b/") + timestampMs + "." + position;
        }

        private boolean isBeyond(LogEvent event) {
            LogEvent here = new LogEvent(position, "", timestampMs, 0, "");
            return forward ? event.compareTo(here) > 0 : event.compareTo(here) < 0;
        }
    }

    /**
     * The page at a place.
     *
     * @param all every event, by time
     * @param place where it begins; empty for the first page in its direction
     * @param forward the direction if there is no place
     */
    static LogPage of(List<LogEvent> all, Optional<Place> place, boolean forward, int limit) {
        boolean ahead = place.map(Place::forward).orElse(forward);
        List<LogEvent> left = new ArrayList<>(all.stream()
                .filter(e -> place.isEmpty() || place.get().isBeyond(e))
                .toList());
        if (!ahead) {
            Collections.reverse(left);
        }
        List<LogEvent> page = new ArrayList<>();
        long bytes = 0;
        for (LogEvent event : left) {
            bytes += event.sizeBytes();
            if (page.size() == limit || (bytes > MAX_BYTES && !page.isEmpty())) {
                break;
            }
            page.add(event);
        }
        boolean complete = page.size() == left.size();
        if (!ahead) {
            Collections.reverse(page);
        }
        return new LogPage(page, complete);
    }
}
