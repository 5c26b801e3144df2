/** The embedded Lambda service as a command uses it: started, deployed to, stopped. */
@NullMarked
package dev.memtune.cli.host;

import org.jspecify.annotations.NullMarked;
