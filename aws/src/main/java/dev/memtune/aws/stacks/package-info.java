// SPDX-License-Identifier: Apache-2.0
/**
 * Algorithms as CloudFormation stacks, a stack for each. {@link dev.memtune.aws.stacks.AwsAlgorithmStacks} is the entry point;
 * needs the SDK's {@code cloudformation}. What a stack holds is {@code algorithm.template.json}, beside this package.
 */
@NullMarked
package dev.memtune.aws.stacks;

import org.jspecify.annotations.NullMarked;
