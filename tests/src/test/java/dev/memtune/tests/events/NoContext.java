// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** What no handler of ours looks at. */
final class NoContext implements Context {
    private static UnsupportedOperationException nobodyAsks() {
        return new UnsupportedOperationException("a handler must not depend on its context");
    }

    @Override
    public String getAwsRequestId() {
        throw nobodyAsks();
    }

    @Override
    public String getLogGroupName() {
        throw nobodyAsks();
    }

    @Override
    public String getLogStreamName() {
        throw nobodyAsks();
    }

    @Override
    public String getFunctionName() {
        throw nobodyAsks();
    }

    @Override
    public String getFunctionVersion() {
        throw nobodyAsks();
    }

    @Override
    public String getInvokedFunctionArn() {
        throw nobodyAsks();
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw nobodyAsks();
    }

    @Override
    public ClientContext getClientContext() {
        throw nobodyAsks();
    }

    @Override
    public int getRemainingTimeInMillis() {
        throw nobodyAsks();
    }

    @Override
    public int getMemoryLimitInMB() {
        throw nobodyAsks();
    }

    @Override
    public LambdaLogger getLogger() {
        throw nobodyAsks();
    }
}
