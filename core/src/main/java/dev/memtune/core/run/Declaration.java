// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import dev.memtune.core.function.FunctionConfiguration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a function's memory size is declared as code, as its tags tell: the next deployment from there puts the declared
 * size back, whatever was promoted.
 *
 * @param tool what deploys it
 * @param name the stack, or the tag by which Terraform was recognised
 * @param resource the logical id in the stack's template; null if it is not told
 */
public record Declaration(Tool tool, String name, @Nullable String resource) {
    private static final String STACK = "aws:cloudformation:stack-name";
    private static final String LOGICAL_ID = "aws:cloudformation:logical-id";

    /** What deploys declared functions. */
    public enum Tool {
        /** AWS CloudFormation, and with it SAM and CDK; they tag what they make. */
        CLOUDFORMATION("MemorySize: "),
        /** Terraform, recognised by a tag that names it: it sets none by itself. */
        TERRAFORM("memory_size = ");

        private final String property;

        Tool(String property) {
            this.property = property;
        }
    }

    /** Checks what must be there. */
    public Declaration {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(name, "name");
    }

    /**
     * The declaration that a function's tags tell of, or empty if they tell of none.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html">tags
     *     of CloudFormation</a>
     */
    public static Optional<Declaration> of(Map<String, String> tags) {
        String stack = tags.get(STACK);
        if (stack != null) {
            return Optional.of(new Declaration(Tool.CLOUDFORMATION, stack, tags.get(LOGICAL_ID)));
        }
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase("terraform")
                        || tag.getValue().equalsIgnoreCase("terraform"))
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .sorted()
                .findFirst()
                .map(tag -> new Declaration(Tool.TERRAFORM, tag, null));
    }

    /** Where to look, in words. */
    public String place(FunctionConfiguration function) {
        return switch (tool) {
            case CLOUDFORMATION ->
                "the template of the stack " + name + (resource == null ? "" : ", resource " + resource);
            case TERRAFORM ->
                "the Terraform resource of " + function.functionName() + " (the function has the tag " + name + ")";
        };
    }

    /** The line that declares a memory size. */
    public String line(int memoryMB) {
        return tool.property + memoryMB;
    }
}
