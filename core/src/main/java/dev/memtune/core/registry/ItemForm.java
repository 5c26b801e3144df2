// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

/**
 * The attributes of an item in the registry's table and in its stream. The document holds everything; the others are copies
 * of what conditions and filters look at.
 */
public final class ItemForm {
    /** The partition key, text: the algorithm's name. */
    public static final String NAME = "name";
    /** Text: the {@link AlgorithmStatus}. */
    public static final String STATUS = "status";
    /** A number: {@link AlgorithmItem#revision}. */
    public static final String REVISION = "revision";
    /** Text: the {@link AlgorithmItem} as JSON. */
    public static final String DOCUMENT = "item";

    private ItemForm() {}
}
