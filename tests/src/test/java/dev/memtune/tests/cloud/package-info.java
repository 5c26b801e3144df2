/**
 * The stack as customers deploy it: by the SAM CLI, to an independent emulator of AWS on loopback. Tools are installed by
 * {@code tests/cloud/install.sh}.
 */
@NullMarked
package dev.memtune.tests.cloud;

import org.jspecify.annotations.NullMarked;
