/** The bundled samples: read as packages, and run by their own test scripts where the machine has their runtime. */
@NullMarked
package dev.memtune.tests.samples;

import org.jspecify.annotations.NullMarked;
