// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How long an answer may take.
 *
 * @param connect to open a connection
 * @param control for a call of the control plane
 * @param invocation for an invocation of a function with this time-out in seconds
 */
record AnswerTimeouts(Duration connect, Duration control, IntFunction<Duration> invocation) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CONTROL = Duration.ofSeconds(30);

    /**
     * An init that times out (10 s) runs again within the invocation, and a SnapStart restore takes up to 10 s more.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Init phase</a>
     */
    private static final Duration AWS_MARGIN = Duration.ofSeconds(30);

    /** On this machine invocations wait for CPU behind those that came before, each as long as it needs. */
    private static final Duration LOOPBACK_MARGIN = Duration.ofHours(1);

    /** What suits the endpoint. */
    static AnswerTimeouts of(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Default chain -> withMargin(AWS_MARGIN);
            case Endpoint.Account account -> withMargin(AWS_MARGIN);
            case Endpoint.Loopback loopback -> withMargin(LOOPBACK_MARGIN);
        };
    }

    private static AnswerTimeouts withMargin(Duration margin) {
        return new AnswerTimeouts(CONNECT, CONTROL, seconds -> margin.plusSeconds(seconds));
    }
}
