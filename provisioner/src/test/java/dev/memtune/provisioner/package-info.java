// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.memtune.provisioner;

import org.jspecify.annotations.NullMarked;
