/**
 * What the steps need of the world, named for what they need. Each port has a contract suite in this module's test-jar
 * that every adapter passes.
 */
@NullMarked
package dev.memtune.core.port;

import org.jspecify.annotations.NullMarked;
