// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.process.FunctionFixture.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What functions see of the file system where the machine allows mount namespaces. */
class SandboxTest extends RunnerFixture {
    @Override
    Runtimes.Family family() {
        return Runtimes.Family.PYTHON;
    }

    @BeforeEach
    void requireSandbox() {
        Assumptions.assumeTrue(
                runner().isolation().files().equals(Sandbox.DESCRIPTION), "no right to make mount namespaces here");
    }

    @Test
    void hasNoSharedMemoryAsOnLambda() throws InterruptedException {
        Outcome outcome = functions().invoke(functions().python("""
                                import multiprocessing, os
                                def handler(event, context):
                                    try:
                                        multiprocessing.Lock()
                                        return 'a lock'
                                    except OSError as e:
                                        return [e.errno, os.path.exists('/dev/shm'), len(os.urandom(8)),
                                                open('/dev/null').read(), sorted(os.listdir('/dev/fd'))[0]]
                                """), "{}");

        // 38 on the libraries of Amazon Linux 2, 2 on newer ones, which look for the folder themselves
        assertThat(outcome.payload()).matches("\\[(2|38), false, 8, \"\", \"0\"]");
    }

    @Test
    void hasATmpOfItsOwn() throws Exception {
        RunnableVersion version = functions().python("""
                import os, tempfile
                def handler(event, context):
                    seen = os.path.exists('/tmp/memtune-mine')
                    open('/tmp/memtune-mine', 'w').write('mine')
                    return [seen, tempfile.gettempdir(), os.environ['TMPDIR'], os.getcwd() == os.environ['LAMBDA_TASK_ROOT']]
                """);
        assertThat(functions().invoke(version, "{}").payload()).isEqualTo("[false, \"/tmp\", \"/tmp\", true]");
        assertThat(functions().invoke(version, "{}").payload()).startsWith("[true");
        assertThat(Path.of("/tmp/memtune-mine")).doesNotExist();
        runner().retire(version.versionArn());
        assertThat(functions().invoke(version, "{}").payload()).startsWith("[false");
    }

    @Test
    void leavesTheCodeWhereItIsAndTheMachineAsItWas() throws Exception {
        RunnableVersion version = functions().java("app.Main::handle", """
                package app;
                public class Main {
                    public String handle(String event) throws Exception {
                        return java.nio.file.Files.createTempFile("x", "y").getParent() + " " + new java.io.File("/dev/shm").exists();
                    }
                }
                """);
        assertThat(functions().invoke(version, "\"\"").payload()).isEqualTo("\"/tmp false\"");
        assertThat(Files.exists(Path.of("/dev/shm"))).isTrue();
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("memtune-functions-");
    }
}
