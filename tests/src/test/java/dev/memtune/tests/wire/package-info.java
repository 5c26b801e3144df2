// SPDX-License-Identifier: Apache-2.0
/** The adapters and the embedded service over HTTP. */
@NullMarked
package dev.memtune.tests.wire;

import org.jspecify.annotations.NullMarked;
