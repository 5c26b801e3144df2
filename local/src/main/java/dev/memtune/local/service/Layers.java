// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Code;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Layer;
import dev.memtune.local.function.Layer.LayerVersion;
import dev.memtune.local.function.LayerUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All layers: in memory, and on the disk before a change is answered. */
final class Layers {
    private static final int MAX_LAYERS = 5;
    private static final String VERSION_ARN_FORM =
            "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)"
                    + "|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)";
    private static final Pattern VERSION_ARN = Pattern.compile(VERSION_ARN_FORM);
    private static final Pattern OF_ACCOUNT = Pattern.compile(
            "arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\\d{12}):layer:(?<name>[a-zA-Z0-9-_]+):(?<number>[0-9]{1,9})");

    private final StateFiles<Layer> files;
    private final FunctionArns arns;
    private final ReentrantLock changes = new ReentrantLock();
    private final Map<String, Layer> layers = new ConcurrentSkipListMap<>();

    Layers(StateFiles<Layer> files, FunctionArns arns) throws IOException {
        this.files = files;
        this.arns = arns;
        files.load().forEach(layer -> layers.put(layer.name(), layer));
    }

    /** All layers that have a version, by name. */
    List<Layer> all() {
        return layers.values().stream()
                .filter(layer -> !layer.versions().isEmpty())
                .toList();
    }

    /** The layer of this name; without versions if it was never published. */
    Layer layer(String name) {
        return Optional.ofNullable(layers.get(name)).orElseGet(() -> new Layer(name, 0, new TreeMap<>()));
    }

    /** Changes a layer; the file of a deleted one stays, for the sake of its numbers. */
    Layer change(String name, UnaryOperator<Layer> rule) throws IOException {
        changes.lock();
        try {
            Layer after = rule.apply(layer(name));
            if (after.lastVersion() > 0) {
                files.save(name, after);
                layers.put(name, after);
            }
            return after;
        } finally {
            changes.unlock();
        }
    }

    /** The code of every version. */
    Set<Code> codeInUse() {
        Set<Code> code = new HashSet<>();
        all().forEach(layer -> layer.versions().values().forEach(version -> code.add(version.code())));
        return code;
    }

    /** @throws LambdaFault if it is no layer version's ARN */
    static void requireVersionArn(String member, String shown, String arn) {
        if (!VERSION_ARN.matcher(arn).matches()) {
            throw LambdaFault.invalid("1 validation error detected: Value '" + shown + "' at '" + member
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + VERSION_ARN_FORM);
        }
    }

    /** The version that an ARN names, if it is one of this account's and exists. */
    Optional<LayerVersion> version(String arn) {
        Matcher matcher = OF_ACCOUNT.matcher(arn);
        if (!matcher.matches() || !matcher.group("account").equals(arns.accountId())) {
            return Optional.empty();
        }
        return Optional.ofNullable(layer(matcher.group("name")).versions().get(number(matcher.group("number"))));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /**
     * What a function's {@code Layers} names.
     *
     * @throws LambdaFault if there are too many, or one does not exist or comes twice
     */
    List<LayerUse> resolve(List<String> versionArns) {
        if (versionArns.size() > MAX_LAYERS) {
            throw LambdaFault.invalid("Cannot reference more than " + MAX_LAYERS + " layers.");
        }
        Map<String, String> seen = new HashMap<>();
        List<LayerUse> uses = new ArrayList<>();
        for (String arn : versionArns) {
            requireVersionArn("layers", "[" + arn + "]", arn);
            requireHere(arn);
            LayerVersion version =
                    version(arn).orElseThrow(() -> LambdaFault.invalid("Layer version " + arn + " does not exist."));
            String before = seen.put(arn.substring(0, arn.lastIndexOf(':')), arn);
            if (before != null) {
                throw LambdaFault.invalid(
                        "Two different versions of the same layer are not allowed to be referenced in the same function. "
                                + before + " and " + arn + " are versions of the same layer.");
            }
            uses.add(new LayerUse(arn, version.code()));
        }
        return uses;
    }

    private void requireHere(String arn) {
        Matcher matcher = OF_ACCOUNT.matcher(arn);
        if (matcher.matches() && !matcher.group("region").equals(arns.region())) {
            throw LambdaFault.invalid(
                    "Layers are not in the same region as the function. Layers are expected to be in region "
                            + arns.region() + ".");
        }
    }
}
