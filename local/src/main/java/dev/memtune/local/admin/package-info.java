// SPDX-License-Identifier: Apache-2.0
/**
 * The switches of an embedded Lambda service over HTTP, under {@code /_memtune/admin/}: windows, delays, quotas, throttling,
 * planned faults, modelled functions, a recording of the calls.
 */
@NullMarked
package dev.memtune.local.admin;

import org.jspecify.annotations.NullMarked;
