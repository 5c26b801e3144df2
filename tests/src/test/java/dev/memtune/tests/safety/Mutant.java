// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A defect of the safety core, made between the steps and their ports: what is guarded there is not guarded any more. */
enum Mutant {
    NONE,
    UPDATES_WITHOUT_REVISION {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            return real.with(method.equals("updateMemory") ? without(arguments, 2) : arguments);
        }
    },
    PUBLISHES_WITHOUT_CODE_AND_REVISION {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            return real.with(method.equals("publishVersion") ? without(without(arguments, 1), 2) : arguments);
        }
    },
    PROMOTES_WITHOUT_REVISION {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            return real.with(method.equals("updateAlias") ? without(arguments, 4) : arguments);
        }
    },
    PROMOTES_WITHOUT_LOOKING {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            if (method.equals("alias") && arguments[1].equals("prod")) {
                return Optional.of(new AliasConfiguration("prod", "1", "the user's", "revision-3", Map.of()));
            }
            return real.with(method.equals("updateAlias") ? without(arguments, 4) : arguments);
        }
    },
    RESTORES_NOTHING {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            boolean restores = method.equals("updateMemory") && arguments[1].equals(Setup.OWN_MB);
            return restores ? real.with(new Object[] {arguments[0], 256, arguments[2]}) : real.with(arguments);
        }
    },
    TAKES_EVERY_VERSION_FOR_ITS_OWN {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            Object answer = real.with(arguments);
            return answer instanceof FunctionConfiguration version && method.equals("publishVersion")
                    ? Rewritten.described(version, String.valueOf(arguments[3]))
                    : answer;
        }

        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            Object first = arguments.length == 0 ? null : arguments[0];
            return real.with(first instanceof Run run ? new Object[] {Rewritten.withoutVersions(run)} : arguments);
        }
    },
    DELETES_ALIASES_BY_NAME {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            return Rewritten.aliases(
                    real.with(arguments),
                    alias ->
                            alias.name().startsWith("memtune-") && !alias.name().equals(Lease.ALIAS),
                    Marker.ofAlias(RunIds.of(Scenario.EXECUTION)));
        }
    },
    RELEASES_ANY_LEASE {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            String own = "memtune lease holder=" + RunIds.of(Scenario.EXECUTION)
                    + " token=1 expires=2099-01-01T00:00:00Z memory=512";
            return Rewritten.aliases(real.with(arguments), alias -> alias.name().equals(Lease.ALIAS), own);
        }
    },
    IGNORES_THAT_THE_LEASE_IS_TAKEN {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            try {
                return real.with(arguments);
            } catch (LambdaFault.Conflict e) {
                if (method.equals("createAlias") && arguments[1].equals(Lease.ALIAS)) {
                    return new AliasConfiguration(Lease.ALIAS, "$LATEST", String.valueOf(arguments[3]), null, Map.of());
                }
                throw e;
            }
        }
    },
    DELETES_NO_ALIAS {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            boolean own = method.equals("deleteAlias") && !arguments[1].equals(Lease.ALIAS);
            return own ? null : real.with(arguments);
        }
    },
    DELETES_NO_VERSION {
        @Override
        @Nullable
        Object control(String method, Object[] arguments, Intercepted.Call real) {
            return method.equals("deleteVersion") ? null : real.with(arguments);
        }
    },
    WRITES_NO_INTENTS {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            return kind(method, arguments).endsWith("_INTENT") ? null : real.with(arguments);
        }
    },
    FORGETS_WHAT_IT_PUBLISHES {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            return kind(method, arguments).equals("PUBLISH_INTENT") ? null : real.with(arguments);
        }
    },
    FORGETS_WHAT_IT_SETS {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            return kind(method, arguments).startsWith("MEMORY_") ? null : real.with(arguments);
        }
    },
    FORGETS_ITS_ALIASES {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            return kind(method, arguments).equals("ALIAS_INTENT") ? null : real.with(arguments);
        }
    },
    FORGETS_UNFINISHED_RUNS {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            return method.equals("unfinished") ? List.of() : real.with(arguments);
        }
    },
    RAISES_NO_TOKEN {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            return method.equals("raiseToken") ? (Object) 1L : real.with(arguments);
        }
    },
    SAYS_IT_WENT_WELL {
        @Override
        @Nullable
        Object store(String method, Object[] arguments, Intercepted.Call real) {
            boolean outcome = method.equals("putDocument") && arguments[1].equals("outcome");
            String json = outcome ? String.valueOf(arguments[2]).replaceAll("\"exitCode\":\\d+", "\"exitCode\":0") : "";
            return real.with(outcome ? new Object[] {arguments[0], arguments[1], json} : arguments);
        }
    },
    COUNTS_WHAT_RAN_ELSEWHERE {
        @Override
        @Nullable
        Object invoke(FunctionInvoker.Request request, FunctionControl control, Intercepted.Call real) {
            FunctionConfiguration arm = control.configuration(request.function(), request.qualifier());
            FunctionInvoker.Request latest = new FunctionInvoker.Request(
                    request.function(), FunctionConfiguration.LATEST, request.payload(), request.timeoutSeconds());
            FunctionInvoker.Response response =
                    (FunctionInvoker.Response) Objects.requireNonNull(real.with(new Object[] {latest}));
            byte[] tail = new String(response.logTail(), StandardCharsets.UTF_8)
                    .replaceAll("Memory Size: \\d+", "Memory Size: " + arm.memoryMB())
                    .getBytes(StandardCharsets.UTF_8);
            return new FunctionInvoker.Response(
                    response.requestId(), response.functionError(), response.payload(), tail, arm.version());
        }
    };

    @Nullable
    Object control(String method, Object[] arguments, Intercepted.Call real) {
        return real.with(arguments);
    }

    @Nullable
    Object store(String method, Object[] arguments, Intercepted.Call real) {
        return real.with(arguments);
    }

    @Nullable
    Object invoke(FunctionInvoker.Request request, FunctionControl control, Intercepted.Call real) {
        return real.with(new Object[] {request});
    }

    FunctionControl control(FunctionControl real) {
        return this == NONE ? real : Intercepted.port(FunctionControl.class, real, this::control);
    }

    FunctionInvoker invoker(FunctionInvoker real, FunctionControl control) {
        return this == NONE
                ? real
                : Intercepted.port(
                        FunctionInvoker.class,
                        real,
                        (method, arguments, call) -> invoke((FunctionInvoker.Request) arguments[0], control, call));
    }

    RunStore store(RunStore real) {
        return this == NONE ? real : Intercepted.port(RunStore.class, real, this::store);
    }

    private static Object[] without(Object[] arguments, int position) {
        Object[] others = arguments.clone();
        others[position] = null;
        return others;
    }

    private static String kind(String method, Object[] arguments) {
        return method.equals("append") ? ((LedgerEntry) arguments[2]).kind().name() : "";
    }
}
