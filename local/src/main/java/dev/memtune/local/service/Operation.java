// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.io.IOException;

/** One call of the Lambda API. */
@FunctionalInterface
interface Operation {
    /**
     * Answers a request.
     *
     * @throws LambdaFault the error to answer
     */
    Reply answer(Request request) throws IOException, InterruptedException;
}
