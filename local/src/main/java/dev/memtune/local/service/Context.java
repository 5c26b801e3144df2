// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.Lifecycle;

/**
 * What the operations share.
 *
 * @param account the functions
 * @param lifecycle the rules
 * @param arns the account and region
 * @param code the deployment packages
 * @param switches the limits and windows
 * @param json writes answers
 */
record Context(
        Account account,
        Lifecycle lifecycle,
        FunctionArns arns,
        CodeFiles code,
        Switches switches,
        FunctionJson json) {}
