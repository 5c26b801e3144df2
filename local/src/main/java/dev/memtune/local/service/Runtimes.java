// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.util.List;

/**
 * The runtimes that can be named.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">Lambda runtimes</a>
 */
final class Runtimes {
    /** The runtimes of the service model, older ones that nobody can create left out. */
    static final List<String> KNOWN = List.of(
            "nodejs18.x",
            "nodejs20.x",
            "nodejs22.x",
            "nodejs24.x",
            "nodejs26.x",
            "java8.al2",
            "java8.al2023",
            "java11",
            "java11.al2023",
            "java17",
            "java17.al2023",
            "java21",
            "java25",
            "python3.9",
            "python3.10",
            "python3.11",
            "python3.12",
            "python3.13",
            "python3.14",
            "python3.15",
            "provided.al2",
            "provided.al2023",
            "ruby3.2",
            "ruby3.3",
            "ruby3.4",
            "ruby4.0",
            "dotnet8",
            "dotnet10");

    private Runtimes() {}

    /** @throws LambdaFault if functions of this runtime cannot be run here */
    static void requireSupported(String runtime) {
        if (runtime.startsWith("ruby") || runtime.startsWith("dotnet")) {
            throw LambdaFault.invalid("The embedded Lambda service cannot run " + runtime
                    + ": it runs Java, Python, Node.js and provided runtimes.");
        }
    }
}
