// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The data folder on a disk of one megabyte, where the machine lets a test mount one. */
class FullDiskTest extends ServiceFixture {
    private Path disk() {
        return directory.resolve("disk");
    }

    @Override
    ServiceSettings settings() {
        try {
            Files.createDirectories(disk());
            assumeTrue(
                    succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk().toString()),
                    "no right to mount a disk");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return ServiceSettings.defaults(disk(), clock, new java.util.SplittableRandom(1))
                .withWindows(dev.memtune.local.function.Windows.NONE)
                .withLog(log::add);
    }

    @AfterEach
    void unmount() {
        succeeds("umount", "-l", disk().toString());
    }

    private static boolean succeeds(String... words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesChangesWhileItIsFullAndGoesOnAfterwards() throws Exception {
        rest.create("f", zip);
        Path ballast = disk().resolve("ballast");
        long free = disk().toFile().getUsableSpace();
        Files.write(ballast, new byte[Math.toIntExact(free)]);

        Rest.Answer change = rest.configure("f", "{\"MemorySize\": 512}");
        assertThat(change.status()).isEqualTo(500);
        assertThat(change.text("Message")).contains("is full; nothing was changed");
        assertThat(rest.create("g", Zips.of("g.py", "x = 1")).status()).isEqualTo(500);
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration")
                        .json()
                        .path("MemorySize")
                        .asInt())
                .isEqualTo(128);
        assertThat(rest.invoke("f", "{}").status()).isEqualTo(200);

        Files.delete(ballast);
        assertThat(rest.configure("f", "{\"MemorySize\": 512}").status()).isEqualTo(200);
        assertThat(rest.create("g", Zips.of("g.py", "x = 1")).status()).isEqualTo(201);
    }
}
