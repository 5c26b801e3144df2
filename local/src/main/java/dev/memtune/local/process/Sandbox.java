// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Gives each environment a view of the file system of its own, as on Lambda: its folder is {@code /tmp}, and there is no
 * {@code /dev/shm}, so that POSIX semaphores and shared memory fail. Needs the right to make mount namespaces, which root has.
 *
 * @see <a href="https://aws.amazon.com/blogs/compute/parallel-processing-in-python-with-aws-lambda/">no /dev/shm on Lambda</a>
 */
final class Sandbox implements Confiner {
    /** How the files of sandboxed environments are described. */
    static final String DESCRIPTION = "own /tmp, no /dev/shm (mount namespace)";

    private static final long PROBE_LIMIT_S = 10;

    /** Fills the folder $1 with the devices that functions may use. */
    private static final String DEVICES = """
            set -e
            mkdir "$1"
            cd "$1"
            mknod -m 666 null c 1 3
            mknod -m 666 zero c 1 5
            mknod -m 666 full c 1 7
            mknod -m 444 random c 1 8
            mknod -m 444 urandom c 1 9
            ln -s /proc/self/fd fd
            ln -s fd/0 stdin
            ln -s fd/1 stdout
            ln -s fd/2 stderr
            """;

    /**
     * In a new mount namespace: $1 is the folder of devices, $2 that of the runtimes, the rest is the command. What the
     * function needs below /tmp stays where it is.
     */
    private static final String ENTER = """
            dev=$1; runtime=$2; shift 2
            keep() { mkdir -p "$TMPDIR${1#/tmp}" && mount --bind "$1" "$TMPDIR${1#/tmp}"; }
            cd -P "$LAMBDA_TASK_ROOT" || exit 126
            case $PWD in /tmp/*) rest=${PWD#/tmp/}; keep "/tmp/${rest%%/*}" || exit 126 ;; esac
            case $runtime in /tmp/*) keep "$runtime" || exit 126 ;; esac
            mount --bind "$dev" /dev && mount --rbind "$TMPDIR" /tmp && cd "$LAMBDA_TASK_ROOT" || exit 126
            export TMPDIR=/tmp HOME=/tmp
            unset PWD OLDPWD SHLVL
            exec "$@"
            """;

    private final Confiner inner;
    private final Path unshare;
    private final Path devices;
    private final Path runtime;

    private Sandbox(Confiner inner, Path unshare, Path devices, Path runtime) {
        this.inner = inner;
        this.unshare = unshare;
        this.devices = devices;
        this.runtime = runtime;
    }

    /**
     * The confiner with a sandbox inside, or as it is where the machine does not allow one.
     *
     * @param folder the service's folder
     * @param runtime the runtimes' folder, which functions read
     */
    static Confiner around(Confiner inner, Path folder, Path runtime) {
        Optional<Path> unshare = Runtimes.onPath("unshare");
        Path devices = folder.resolve("dev");
        if (unshare.isEmpty()
                || !isRoot()
                || !succeeds(List.of("/bin/sh", "-c", DEVICES, "sh", devices.toString()), folder)) {
            return inner;
        }
        Sandbox sandbox = new Sandbox(inner, unshare.get(), devices, runtime);
        String probe = "test ! -e /dev/shm && echo > /dev/null && test -w /tmp";
        return succeeds(sandbox.entering(List.of("/bin/sh", "-c", probe)), folder) ? sandbox : inner;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no Linux
        }
    }

    private static boolean succeeds(List<String> words, Path folder) {
        try {
            Path scratch = Files.createDirectories(folder.resolve("probe"));
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("TMPDIR", scratch.toString());
            builder.environment().put("LAMBDA_TASK_ROOT", "/");
            Process process = builder.start();
            boolean ended = process.waitFor(PROBE_LIMIT_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the machine lacks what it takes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<String> entering(List<String> words) {
        List<String> all = new ArrayList<>(List.of(
                unshare.toString(),
                "--mount",
                "/bin/sh",
                "-c",
                ENTER,
                "memtune-enter",
                devices.toString(),
                runtime.toString()));
        all.addAll(words);
        return all;
    }

    @Override
    public Confinement confine(String name, CpuShare share) {
        return new Inside(inner.confine(name, share));
    }

    @Override
    public Isolation isolation() {
        return inner.isolation().withFiles(DESCRIPTION);
    }

    @Override
    public void close() {
        inner.close();
    }

    /** First under the limits, then into the namespace. */
    private final class Inside implements Confinement {
        private final Confinement limits;

        Inside(Confinement limits) {
            this.limits = limits;
        }

        @Override
        public List<String> joining(List<String> words) {
            return limits.joining(entering(words));
        }

        @Override
        public void attach(long pid) {
            limits.attach(pid);
        }

        @Override
        public void throttle() {
            limits.throttle();
        }

        @Override
        public void active(boolean running) {
            limits.active(running);
        }

        @Override
        public boolean outOfMemory() {
            return limits.outOfMemory();
        }

        @Override
        public long peakKB() {
            return limits.peakKB();
        }

        @Override
        public void close() {
            limits.close();
        }
    }
}
