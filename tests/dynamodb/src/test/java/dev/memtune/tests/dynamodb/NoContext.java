// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.dynamodb;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** What no handler of ours looks at, but for the memory size. */
final class NoContext implements Context {
    /** That of every function in {@code template.yaml}; Execute invokes no more at once than it has room for. */
    private static final int MEMORY_MB = 1024;

    private static UnsupportedOperationException nobodyAsks() {
        return new UnsupportedOperationException("a handler looks at nothing but its memory size");
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
        return MEMORY_MB;
    }

    @Override
    public LambdaLogger getLogger() {
        throw nobodyAsks();
    }
}
