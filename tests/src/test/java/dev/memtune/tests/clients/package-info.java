// SPDX-License-Identifier: Apache-2.0
/** AWS's own clients use the embedded service, unchanged. */
@NullMarked
package dev.memtune.tests.clients;

import org.jspecify.annotations.NullMarked;
