/** A function in an account: where it is, what a tuning of it may take, and whether that is permitted. */
@NullMarked
package dev.memtune.cli.account;

import org.jspecify.annotations.NullMarked;
