// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

/** A loaded handler: event bytes in, response bytes out. */
@FunctionalInterface
interface Handler {
    byte[] handle(byte[] event, InvocationContext context) throws Throwable;
}
