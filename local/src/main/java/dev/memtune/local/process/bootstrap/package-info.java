// SPDX-License-Identifier: Apache-2.0
/**
 * Our own Java runtime: runs inside the function's process, needs nothing but the JDK. It knows AWS's handler interfaces by
 * reflection only, in whatever version the function brings. Entry point: {@code Bootstrap}.
 */
@NullMarked
package dev.memtune.local.process.bootstrap;

import org.jspecify.annotations.NullMarked;
