/**
 * Runs function versions as real processes over the Lambda Runtime API: a warm pool per version, a CPU share and a memory
 * limit that follow the memory size, logs with AWS's REPORT line. Entry point: {@code FunctionRunner}.
 */
@NullMarked
package dev.memtune.local.process;

import org.jspecify.annotations.NullMarked;
