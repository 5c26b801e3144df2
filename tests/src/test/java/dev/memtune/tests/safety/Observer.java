// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.run.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches what must never happen, after every call: S3, S4, S7. */
final class Observer {
    private final ModelFunction function;
    private final List<String> violations = new ArrayList<>();
    /** How many changes may come without an intent of their own: the one that was in flight when Clean began. */
    private int inFlight;

    private int exposedCalls;
    private LedgerEntry.@Nullable Kind lastWritten;
    private boolean measuring;

    Observer(ModelFunction function, int inFlightMax) {
        this.function = function;
        this.inFlight = inFlightMax;
    }

    List<String> violations() {
        return violations;
    }

    /** After how many calls {@code $LATEST} bore a size that was not its own. */
    int exposedCalls() {
        return exposedCalls;
    }

    void measuring(boolean now) {
        measuring = now;
    }

    void written(String method, Object[] arguments) {
        if (method.equals("append")) {
            lastWritten = ((LedgerEntry) arguments[2]).kind();
        }
    }

    /** Before a call of the run under test. */
    void about(LambdaCall call) {
        boolean intended = lastWritten != null && lastWritten.name().endsWith("_INTENT");
        if (call.isChanging() && !intended && inFlight-- <= 0) {
            violations.add("S7 a change without an intent: " + call + " after " + lastWritten);
        }
        switch (call.action()) {
            case "DeleteFunction" -> requireOurVersion(call);
            case "DeleteAlias" -> requireOurAlias(call.detail(), call);
            case "UpdateAlias" -> requireMovable(call);
            default -> {}
        }
    }

    private void requireOurVersion(LambdaCall call) {
        try {
            if (!function.configuration(call.detail()).description().startsWith("memtune run=")) {
                violations.add("S3 deletes a foreign version: " + call);
            }
        } catch (LambdaFault.NotFound e) {
            // It is gone already: deleting it again is harmless.
            assert e.getMessage() != null;
        }
    }

    private void requireOurAlias(String name, LambdaCall call) {
        AliasConfiguration alias = function.aliases().get(name);
        if (alias != null && !alias.description().startsWith("memtune ")) {
            violations.add("S3 deletes a foreign alias: " + call);
        }
    }

    private void requireMovable(LambdaCall call) {
        String name = call.detail().substring(0, call.detail().indexOf(' '));
        if (!name.equals("prod") && !name.equals("memtune-lease")) {
            violations.add("S3 moves a foreign alias: " + call);
        }
    }

    /** After a call. */
    void seen(LambdaCall call) {
        AliasConfiguration prod = function.aliases().get("prod");
        if (prod != null) {
            try {
                FunctionConfiguration served = function.configuration(prod.version());
                if (!served.isActive() && served.description().startsWith("memtune ")) {
                    violations.add("S4 prod points to an inactive version after " + call);
                }
            } catch (LambdaFault.NotFound e) {
                violations.add("S4 prod points to nothing after " + call + ": " + e.getMessage());
            }
        }
        FunctionConfiguration latest = function.latest();
        boolean exposed = latest.memoryMB() == 256 || latest.memoryMB() == 1024 || latest.memoryMB() == 10_240;
        exposedCalls += exposed ? 1 : 0;
        if (exposed && measuring) {
            violations.add("S10 $LATEST bears " + latest.memoryMB() + " MB while measuring");
        }
    }
}
