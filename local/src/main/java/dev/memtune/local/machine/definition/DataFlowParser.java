// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Path;
import dev.memtune.local.machine.data.ResultPath;
import dev.memtune.local.machine.data.Selector;
import dev.memtune.local.machine.data.Template;
import org.jspecify.annotations.Nullable;

/** Parses the data flow fields that a state type has; the others stay unknown and are refused as such. */
final class DataFlowParser {
    static final DataFlow NONE = new DataFlow(Selector.ALL, null, null, ResultPath.REPLACE, Selector.ALL);

    private DataFlowParser() {}

    static DataFlow inAndOut(Fields fields) {
        return new DataFlow(
                selector(fields, "InputPath"), null, null, ResultPath.REPLACE, selector(fields, "OutputPath"));
    }

    static DataFlow full(Fields fields) {
        return new DataFlow(
                selector(fields, "InputPath"),
                template(fields, "Parameters"),
                template(fields, "ResultSelector"),
                resultPath(fields),
                selector(fields, "OutputPath"));
    }

    static DataFlow withParameters(Fields fields) {
        return new DataFlow(
                selector(fields, "InputPath"),
                template(fields, "Parameters"),
                null,
                resultPath(fields),
                selector(fields, "OutputPath"));
    }

    static DataFlow withoutParameters(Fields fields) {
        return new DataFlow(
                selector(fields, "InputPath"),
                null,
                template(fields, "ResultSelector"),
                resultPath(fields),
                selector(fields, "OutputPath"));
    }

    static @Nullable Template template(Fields fields, String name) {
        JsonNode json = fields.node(name);
        return json == null ? null : Template.parse(json, what -> fields.problem("'" + name + "': " + what));
    }

    static ResultPath resultPath(Fields fields) {
        if (isNull(fields, "ResultPath")) {
            return ResultPath.DISCARD;
        }
        ResultPath path = fields.parsed("ResultPath", ResultPath::parse);
        return path == null ? ResultPath.REPLACE : path;
    }

    private static Selector selector(Fields fields, String name) {
        if (isNull(fields, name)) {
            return Selector.NOTHING;
        }
        Path path = fields.parsed(name, Path::parse);
        return path == null ? Selector.ALL : new Selector(path);
    }

    private static boolean isNull(Fields fields, String name) {
        JsonNode node = fields.node(name);
        return node != null && node.isNull();
    }
}
