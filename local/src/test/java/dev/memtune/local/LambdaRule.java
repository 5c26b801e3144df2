// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rules of AWS Lambda that a test proves: rows of {@code docs/reference/lambda-rules.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LambdaRule {
    /** The rules' ids. */
    String[] value();
}
