/**
 * The JSON that goes over wires and into files: the input, the state between steps, the result. The names here are those
 * users know; the mapping to our own is made here and nowhere else. The only package of this module that uses Jackson.
 */
@NullMarked
package dev.memtune.core.wire;

import org.jspecify.annotations.NullMarked;
