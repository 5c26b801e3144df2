// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

/** What AWS charges for, with its name in the price file and its unit. */
public enum PriceItem {
    /** Per request. */
    REQUEST("request", false),
    /** Per GB-second of billed duration, in tiers; by architecture. */
    DURATION("duration", true),
    /** Per GB-second of provisioned concurrency configured; by architecture. */
    PROVISIONED_CONCURRENCY("provisionedConcurrency", true),
    /** Per GB-second of billed duration on provisioned concurrency; by architecture. */
    PROVISIONED_DURATION("provisionedDuration", true),
    /** Per GB-second of ephemeral storage above 512 MB. */
    EPHEMERAL_STORAGE("ephemeralStorage", false),
    /** Per GB-second of a published SnapStart version. */
    SNAPSTART_CACHE("snapStartCache", false),
    /** Per GB restored from a snapshot. */
    SNAPSTART_RESTORE("snapStartRestore", false),
    /** Per state transition of a Standard state machine. */
    STATE_TRANSITION("stateTransition", false);

    private final String wireName;
    private final boolean byArchitecture;

    PriceItem(String wireName, boolean byArchitecture) {
        this.wireName = wireName;
        this.byArchitecture = byArchitecture;
    }

    /** Returns the name in the price file. */
    public String wireName() {
        return wireName;
    }

    /** Returns whether the rate depends on the architecture. */
    public boolean isByArchitecture() {
        return byArchitecture;
    }

    /**
     * Returns the item of a name in the price file.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static PriceItem parse(String wireName) {
        for (PriceItem item : values()) {
            if (item.wireName.equals(wireName)) {
                return item;
            }
        }
        throw new IllegalArgumentException("item must be one of the price items, got: " + wireName);
    }
}
