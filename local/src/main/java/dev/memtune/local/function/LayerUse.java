// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;

/**
 * A layer version that a function uses. The content is named here too: it outlives the layer version's deletion.
 *
 * @param arn the layer version's ARN
 * @param code the layer's zip file
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html">Layers</a>
 */
public record LayerUse(String arn, Code code) {
    /** Checks that nothing is null. */
    public LayerUse {
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(code, "code");
    }
}
