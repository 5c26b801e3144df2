// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A copy of the checkout as git knows it, in which {@code sam build} runs as in a clean clone. It is kept under {@code
 * target}, so that the second run of the tests builds only what has changed.
 */
final class Clone {
    static final Map<String, String> ENVIRONMENT = Map.of(
            "SAM_CLI_TELEMETRY", "0",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test");

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target", "clone").toAbsolutePath();

    private Clone() {}

    /** Makes or refreshes the copy and builds the application there; returns its folder. */
    static synchronized Path built() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String file : files()) {
            refresh(CHECKOUT.resolve(file), FOLDER.resolve(file));
        }
        Tools.run(FOLDER, ENVIRONMENT, List.of(Tools.SAM.toString(), "build"));
        return FOLDER;
    }

    private static List<String> files() throws IOException, InterruptedException {
        String listed =
                Tools.run(CHECKOUT, Map.of(), List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"));
        return Arrays.stream(listed.split("\n"))
                .filter(file -> !file.isEmpty() && Files.isRegularFile(CHECKOUT.resolve(file)))
                .toList();
    }

    private static void refresh(Path from, Path to) throws IOException {
        boolean isSame = Files.exists(to) && Files.mismatch(from, to) < 0;
        if (!isSame) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
