/**
 * Algorithm packages: a folder or a zip with a handler, {@code metadata.json}, {@code tests/} and {@code packages/} is read
 * into a checked value, or refused with every problem that it has. Entry point: {@code AlgorithmPackages}. The only package
 * of this module that reads files, and it writes none; zips are taken apart in memory and are not trusted.
 */
@NullMarked
package dev.memtune.core.algorithm;

import org.jspecify.annotations.NullMarked;
