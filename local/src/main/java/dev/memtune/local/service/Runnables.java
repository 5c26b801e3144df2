// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Configuration;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.Deployment;
import dev.memtune.local.function.Logging;
import dev.memtune.local.function.Version;
import dev.memtune.local.process.Hosting;
import dev.memtune.local.process.Initialization;
import dev.memtune.local.process.LogSettings;
import dev.memtune.local.process.RunnableVersion;
import java.time.Duration;

/** Makes what the runner needs of what the account holds. */
final class Runnables {
    private final Pools pools;
    private final CodeFiles code;
    private final LayerFolders layers;

    Runnables(Pools pools, CodeFiles code, LayerFolders layers) {
        this.pools = pools;
        this.code = code;
        this.layers = layers;
    }

    /** A published version. */
    RunnableVersion version(DeployedFunction function, Version version) {
        String identity = pools.identity(function.name(), version.number());
        Initialization initialization =
                version.configuration().snapStart() ? Initialization.SNAP_START : Initialization.ON_DEMAND;
        Deployment deployment = new Deployment(identity, version.configuration(), version.code());
        return runnable(function, Integer.toString(version.number()), deployment, initialization);
    }

    /** {@code $LATEST} as it is served now. */
    RunnableVersion latest(DeployedFunction function) {
        Deployment served = function.latest().served();
        Deployment identified = new Deployment(pools.latestIdentity(function), served.configuration(), served.code());
        return runnable(function, DeployedFunction.LATEST, identified, Initialization.ON_DEMAND);
    }

    private RunnableVersion runnable(
            DeployedFunction function, String version, Deployment deployment, Initialization initialization) {
        Configuration configuration = deployment.configuration();
        Logging logging = configuration.logging();
        LogSettings logs = new LogSettings(
                logging.format().equals("JSON"), logging.applicationLevel(), logging.systemLevel(), logging.group());
        return new RunnableVersion(
                deployment.id(),
                function.name(),
                version,
                configuration.runtime(),
                configuration.handler(),
                code.directory(deployment.code()),
                configuration.memoryMB(),
                Duration.ofSeconds(configuration.timeoutSeconds()),
                configuration.environment(),
                new Hosting(layers.of(configuration.layers()), logs, initialization));
    }
}
