// SPDX-License-Identifier: Apache-2.0
/** The adapters against a server that answers by script. */
@NullMarked
package dev.memtune.aws;

import org.jspecify.annotations.NullMarked;
