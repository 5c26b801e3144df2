// SPDX-License-Identifier: Apache-2.0
/**
 * The way in: an uploaded zip becomes an item of the registry, or the item says everything that is wrong with the zip. Notices
 * may come twice and in any order; the item keeps the latest upload.
 */
@NullMarked
package dev.memtune.intake;

import org.jspecify.annotations.NullMarked;
