// SPDX-License-Identifier: Apache-2.0
/** Benchmarks that are run by hand; figures of one run are only compared with a baseline of the same run. */
@NullMarked
package dev.memtune.tests.bench;

import org.jspecify.annotations.NullMarked;
