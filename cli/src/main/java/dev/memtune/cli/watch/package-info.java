// SPDX-License-Identifier: Apache-2.0
/**
 * A folder in place of a bucket: what is dropped there goes the way of an upload, through the same intake, registry, stream
 * trigger, provisioner and state machine, with the embedded service in place of AWS. The commands that send uploads and look at
 * them work on a deployed stack as well.
 */
@NullMarked
package dev.memtune.cli.watch;

import org.jspecify.annotations.NullMarked;
