// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.util.List;
import java.util.stream.Stream;

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

    /** What a layer may name besides: it says what it was made for, and is not run by itself. */
    private static final List<String> RETIRED = List.of(
            "nodejs",
            "nodejs4.3",
            "nodejs4.3-edge",
            "nodejs6.10",
            "nodejs8.10",
            "nodejs10.x",
            "nodejs12.x",
            "nodejs14.x",
            "nodejs16.x",
            "java8",
            "python2.7",
            "python3.6",
            "python3.7",
            "python3.8",
            "dotnetcore1.0",
            "dotnetcore2.0",
            "dotnetcore2.1",
            "dotnetcore3.1",
            "dotnet6",
            "go1.x",
            "ruby2.5",
            "ruby2.7",
            "provided");

    /** Every runtime that a layer may name. */
    static final List<String> NAMEABLE =
            Stream.concat(KNOWN.stream(), RETIRED.stream()).toList();

    private Runtimes() {}

    /**
     * Whether Lambda has SnapStart for a runtime: Java from 11 on, Python from 3.12 on, .NET from 8 on.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">SnapStart</a>
     */
    static boolean haveSnapStart(String runtime) {
        return runtime.matches("java(11|17|2[0-9]).*|python3\\.(1[2-9]|[2-9][0-9])|dotnet([89]|[1-9][0-9])");
    }

    /** @throws LambdaFault if functions of this runtime cannot be run here */
    static void requireSupported(String runtime) {
        if (runtime.startsWith("ruby") || runtime.startsWith("dotnet")) {
            throw LambdaFault.invalid("The embedded Lambda service cannot run " + runtime
                    + ": it runs Java, Python, Node.js and provided runtimes.");
        }
    }
}
