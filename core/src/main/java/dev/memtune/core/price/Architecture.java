// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

/** The instruction set that a function runs on, which its price depends on. */
public enum Architecture {
    /** Intel and AMD. What a function has that states none. */
    X86_64("x86_64"),
    /** AWS Graviton. */
    ARM64("arm64");

    private final String wireName;

    Architecture(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name that AWS uses. */
    public String wireName() {
        return wireName;
    }

    /**
     * Returns the architecture of AWS's name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Architecture parse(String wireName) {
        for (Architecture architecture : values()) {
            if (architecture.wireName.equals(wireName)) {
                return architecture;
            }
        }
        throw new IllegalArgumentException("architecture must be x86_64 or arm64, got: " + wireName);
    }
}
