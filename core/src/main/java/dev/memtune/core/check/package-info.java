// SPDX-License-Identifier: Apache-2.0
/**
 * Whether one version of a function may take the place of another: {@link dev.memtune.core.check.CheckPlanner} buys
 * invocations of both, alternating, until every gate is settled by a statistical statement or the budget is spent. Pure, as
 * every planner.
 */
@NullMarked
package dev.memtune.core.check;

import org.jspecify.annotations.NullMarked;
