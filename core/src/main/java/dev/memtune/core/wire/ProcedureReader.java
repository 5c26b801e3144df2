// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.stats.TrimmedMean;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the input's fields about how invocations are made. */
final class ProcedureReader {
    /** The names of the fields. */
    static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "payloadS3",
            "dryRun",
            "onlyColdStarts",
            "sleepBetweenRunsMs",
            "preProcessorARN",
            "postProcessorARN",
            "discardTopBottom"));

    /** The most versions that a run of cold starts publishes: each takes part in the account's code storage for a while. */
    static final int COLD_STARTS_MAX = 1_000;

    private ProcedureReader() {}

    static Procedure read(InputFields fields) {
        OptionalDouble discard = fields.fraction(
                "discardTopBottom", 0, TrimmedMean.MAX_SHARE, "Give the share to drop at each end, such as 0.2");
        return new Procedure(
                payloadS3(fields),
                fields.bool("dryRun", false),
                fields.bool("onlyColdStarts", false),
                (int) fields.whole("sleepBetweenRunsMs", 0, Procedure.SLEEP_MAX_MS, "Give milliseconds, such as 500")
                        .orElse(0),
                processor(fields, "preProcessorARN"),
                processor(fields, "postProcessorARN"),
                discard.isPresent() ? discard.getAsDouble() : null);
    }

    private static @Nullable S3Location payloadS3(InputFields fields) {
        String remedy = "Give s3://BUCKET/KEY";
        String text = fields.text("payloadS3", remedy);
        if (text == null) {
            return null;
        }
        return S3Location.of(text).orElseGet(() -> {
            fields.problem("payloadS3", "must name an object in S3", text, remedy);
            return null;
        });
    }

    private static @Nullable String processor(InputFields fields, String field) {
        String remedy = "Give the name or the ARN of the function, with an alias or version if you like";
        String text = fields.text(field, remedy);
        if (text != null && FunctionReference.parse(text).isEmpty()) {
            fields.problem(field, "must be a function's name or ARN", text, remedy);
        }
        return text;
    }

    /** Cold starts need something between two versions of one size, or AWS hands out the first again. */
    static void requireColdStarts(InputFields fields, int sizeCount, int invocationCount) {
        if (sizeCount == 1) {
            String rule = "must have at least two sizes when onlyColdStarts is true: AWS publishes no second version"
                    + " of an unchanged function";
            fields.problem("powerValues", rule, Integer.toString(sizeCount), "Add a size");
        }
        if ((long) sizeCount * invocationCount > COLD_STARTS_MAX) {
            String rule = "times the number of sizes must be at most " + COLD_STARTS_MAX
                    + " when onlyColdStarts is true: each cold start needs a version of its own";
            fields.problem("num", rule, invocationCount + " × " + sizeCount, "Lower num, or give fewer sizes");
        }
    }
}
