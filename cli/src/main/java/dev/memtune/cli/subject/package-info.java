/** What is tuned: an algorithm on this machine, or a function behind a Lambda endpoint. */
@NullMarked
package dev.memtune.cli.subject;

import org.jspecify.annotations.NullMarked;
