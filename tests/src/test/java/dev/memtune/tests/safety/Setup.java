// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.port.ModelFunction;
import java.time.Duration;
import java.util.Map;

/** What the function is like before the run, and what is asked. */
enum Setup {
    MEASURE_ONLY("[256,512,1024]", false),
    PROMOTE_EXISTING("[256,512,1024]", true),
    PROMOTE_ABSENT("[256,512,1024]", true),
    PRESENT_SIZE_FIRST("[512,1024]", true),
    BEST_SERVED_ALREADY("[512,1024]", true),
    QUOTA("[256,1024,10240]", true),
    SLOW_ACTIVATION("[256,1024]", true),
    ALIAS_NAME_TAKEN("[256,1024]", true);

    /** The function's name. */
    static final String FUNCTION = "primes";
    /** Its own memory size. */
    static final int OWN_MB = 512;

    private final String sizes;
    private final boolean promotes;

    Setup(String sizes, boolean promotes) {
        this.sizes = sizes;
        this.promotes = promotes;
    }

    boolean promotes() {
        return promotes;
    }

    /** The size that the stand-in for measuring finds best. */
    int bestMB() {
        return this == BEST_SERVED_ALREADY ? OWN_MB : 1024;
    }

    String input() {
        String promotion = promotes ? ",\"autoOptimize\":true,\"autoOptimizeAlias\":\"prod\"" : "";
        return "{\"lambdaARN\":\"" + FUNCTION + "\",\"num\":5,\"powerValues\":" + sizes + promotion + "}";
    }

    void prepare(ModelFunction function, String runId) {
        if (this != PROMOTE_ABSENT) {
            function.publish(null, null, "the user's first");
            function.putAlias("prod", "1", "the user's", Map.of());
            function.putAlias("stable", "1", "the user's other", Map.of());
        }
        if (this == QUOTA) {
            function.memoryQuotaMB(3008);
        }
        if (this == SLOW_ACTIVATION) {
            function.activationTime(Duration.ofSeconds(3));
        }
        if (this == ALIAS_NAME_TAKEN) {
            function.putAlias("memtune-256-" + runId, "1", "somebody else's", Map.of());
        }
    }
}
