// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

/** Bytes that are not a zip, or not a whole one. The message says what was found. */
final class BrokenZipException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenZipException(String found) {
        super(found);
    }
}
