// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Alias;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.process.FunctionRunner;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Has the runner keep the environments ready that are provisioned. */
final class Provisioner implements ChangeListener {
    private final FunctionRunner runner;
    private final Runnables runnables;

    Provisioner(FunctionRunner runner, Runnables runnables) {
        this.runner = runner;
        this.runnables = runnables;
    }

    @Override
    public void replaced(Optional<DeployedFunction> before, Optional<DeployedFunction> after) {
        Map<String, Integer> present = before.map(Provisioner::environments).orElse(Map.of());
        Map<String, Integer> wanted = after.map(Provisioner::environments).orElse(Map.of());
        after.ifPresent(function -> wanted.forEach((number, count) -> {
            if (!count.equals(present.get(number))) {
                set(function, number, count);
            }
        }));
        before.ifPresent(function -> present.keySet().stream()
                .filter(number -> !wanted.containsKey(number))
                .forEach(number -> set(function, number, 0)));
    }

    private void set(DeployedFunction function, String number, int environments) {
        function.version(number)
                .ifPresent(version -> runner.provision(runnables.version(function, version), environments));
    }

    /** How many environments are provisioned, by version; an alias's belong to the version that it points to. */
    private static Map<String, Integer> environments(DeployedFunction function) {
        Map<String, Integer> environments = new TreeMap<>();
        function.options()
                .provisioned()
                .forEach((qualifier, provisioned) -> environments.merge(
                        function.alias(qualifier).map(Alias::version).orElse(qualifier),
                        provisioned.requested(),
                        Integer::sum));
        return environments;
    }
}
