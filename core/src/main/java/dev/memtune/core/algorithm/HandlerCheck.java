// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a package's handler and whether the deployed code has it. */
final class HandlerCheck {
    private static final List<String> NODE_ENDINGS = List.of(".js", ".mjs", ".cjs");
    private static final String HANDLER = "handler";

    private final RuntimeFamily family;
    private final NavigableMap<String, PackageFile> code;
    private final List<Problem> problems;

    HandlerCheck(RuntimeFamily family, NavigableMap<String, PackageFile> code, List<Problem> problems) {
        this.family = family;
        this.code = code;
        this.problems = problems;
    }

    /** The handler as given, or derived from the {@code handler.*} file; empty, with a problem added, if the code lacks it. */
    Optional<String> resolve(Optional<String> given) {
        Optional<String> handler = given.or(this::derived);
        if (handler.isEmpty()) {
            problems.add(new Problem(
                    HANDLER,
                    "must be given for a Java runtime",
                    "nothing",
                    "Name the class that implements RequestHandler, such as com.example.Handler"));
        }
        return handler.filter(this::isPresent);
    }

    private Optional<String> derived() {
        return switch (family) {
            case NODE, PYTHON -> Optional.of("handler.handler");
            case PROVIDED -> Optional.of("bootstrap");
            case JAVA -> Optional.empty();
        };
    }

    private boolean isPresent(String handler) {
        return switch (family) {
            case PYTHON -> isPythonModulePresent(handler);
            case NODE -> isNodeModulePresent(handler);
            case PROVIDED -> isAnyPresent(handler, List.of("bootstrap"));
            case JAVA -> isClassPresent(handler);
        };
    }

    private boolean isPythonModulePresent(String handler) {
        int dot = handler.lastIndexOf('.');
        if (dot <= 0 || dot == handler.length() - 1) {
            return malformed(handler, "module.function, such as handler.handler");
        }
        String module = handler.substring(0, dot).replace('.', '/');
        return isAnyPresent(handler, List.of(module + ".py", module + "/__init__.py"));
    }

    private boolean isNodeModulePresent(String handler) {
        int name = handler.lastIndexOf('/') + 1;
        int dot = handler.indexOf('.', name);
        if (dot <= name || dot == handler.length() - 1) {
            return malformed(handler, "module.function, such as handler.handler");
        }
        String module = handler.substring(0, dot);
        return isAnyPresent(
                handler, NODE_ENDINGS.stream().map(ending -> module + ending).toList());
    }

    private boolean isClassPresent(String handler) {
        int method = handler.indexOf("::");
        String className = method < 0 ? handler : handler.substring(0, method);
        String file = className.replace('.', '/') + ".class";
        boolean found = code.containsKey(file);
        boolean allJarsRead = true;
        for (Map.Entry<String, PackageFile> entry : code.entrySet()) {
            if (entry.getKey().matches("lib/[^/]+\\.jar")) {
                Optional<List<String>> names = namesIn(entry.getKey(), entry.getValue());
                allJarsRead &= names.isPresent();
                found |= names.orElse(List.of()).contains(file);
            }
        }
        // A class may be in a jar that could not be read: that problem is listed, and one for each fault is enough.
        return found || (allJarsRead && missing(handler, file + " at the root or in a jar"));
    }

    private Optional<List<String>> namesIn(String path, PackageFile jar) {
        try {
            return Optional.of(ZipDirectory.membersOf(jar.bytes()).stream()
                    .map(ZipMember::name)
                    .toList());
        } catch (BrokenZipException e) {
            problems.add(new Problem(path, "must be a whole jar", String.valueOf(e.getMessage()), "Build it again"));
            return Optional.empty();
        }
    }

    private boolean isAnyPresent(String handler, List<String> paths) {
        return paths.stream().anyMatch(code::containsKey) || missing(handler, String.join(" or ", paths));
    }

    private boolean malformed(String handler, String form) {
        problems.add(new Problem(HANDLER, "must have the form " + form, "'" + handler + "'", "Write it so"));
        return false;
    }

    private boolean missing(String handler, String wanted) {
        problems.add(new Problem(
                HANDLER,
                "must be in the package: '" + handler + "' needs " + wanted,
                candidates(),
                "Add the file, or correct the handler or the runtime in metadata.json"));
        return false;
    }

    private String candidates() {
        List<String> found = new ArrayList<>(code.keySet().stream()
                .filter(path -> path.startsWith(HANDLER + ".") || path.equals("lib/handler.jar"))
                .toList());
        Stream<String> others = code.keySet().stream().filter(path -> !found.contains(path));
        return found.isEmpty()
                ? code.isEmpty()
                        ? "no code at all"
                        : "only " + String.join(", ", others.limit(5).toList())
                : String.join(", ", found);
    }
}
