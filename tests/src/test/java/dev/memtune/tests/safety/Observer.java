// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches what must never happen, before and after every call: S3, S4, S7, S10; and counts for S8. */
final class Observer {
    /** What ran, by request: the version as it was then. */
    private final Map<String, FunctionConfiguration> executed = new HashMap<>();

    private final ModelFunction function;
    private final Set<Integer> trialSizes;
    private final List<String> violations = new ArrayList<>();
    /** How many changes may come without an intent of their own: the one that was in flight when Clean began. */
    private int inFlight;

    private int exposedCalls;
    private int callCount;
    private int invocationCount;
    private int moveCount;
    private boolean everHeld;
    private LedgerEntry.@Nullable Kind lastWritten;
    /** The size that is in {@code $LATEST} for good. */
    private @Nullable Integer appliedMB;
    /** The size that somebody else's run was asked to leave there. */
    private int othersMB = Setup.OWN_MB;

    /** The size that the run under test found. */
    private int ownMB = Setup.OWN_MB;

    Observer(ModelFunction function, Set<Integer> trialSizes, int inFlightMax) {
        this.function = function;
        this.trialSizes = Set.copyOf(trialSizes);
        this.inFlight = inFlightMax;
    }

    List<String> violations() {
        return violations;
    }

    /** After how many calls {@code $LATEST} bore a trial size. */
    int exposedCalls() {
        return exposedCalls;
    }

    /** Calls to the control plane, those that failed not counted. */
    int callCount() {
        return callCount;
    }

    int invocationCount() {
        return invocationCount;
    }

    /** What ran, by request. */
    Map<String, FunctionConfiguration> executed() {
        return Map.copyOf(executed);
    }

    void written(String method, Object[] arguments) {
        if (method.equals("create")) {
            ownMB = ((Run) arguments[0]).before().memoryMB();
        }
        if (method.equals("append")) {
            LedgerEntry entry = (LedgerEntry) arguments[2];
            lastWritten = entry.kind();
            appliedMB = entry.kind() == LedgerEntry.Kind.APPLIED ? entry.memoryMB() : appliedMB;
        }
    }

    /** Somebody else has ended and left this size in {@code $LATEST} for good. */
    void others(int memoryMB) {
        othersMB = memoryMB;
    }

    /** Before a call of the run under test. */
    void about(LambdaCall call) {
        callCount += isInvoke(call) ? 0 : 1;
        everHeld |= isHeld();
        invocationCount += isInvoke(call) ? 1 : 0;
        boolean intended = lastWritten != null && lastWritten.name().endsWith("_INTENT");
        boolean held = call.detail().startsWith(Lease.ALIAS) || isHeld();
        if (call.isChanging() && !(intended && held) && inFlight-- <= 0) {
            violations.add(
                    "S7 a change without " + (held ? "an intent: " : "the lease: ") + call + " after " + lastWritten);
        }
        switch (call.action()) {
            case "DeleteFunction" -> requireOurVersion(call);
            case "DeleteAlias" -> requireOurAlias(call.detail(), call);
            case "UpdateAlias" -> requireMovable(call);
            case "Invoke" -> requireMayMeasure(call);
            default -> {}
        }
    }

    private static boolean isInvoke(LambdaCall call) {
        return call.action().equals("Invoke");
    }

    private boolean isHeld() {
        AliasConfiguration lease = function.aliases().get(Lease.ALIAS);
        return lease != null
                && Lease.parse(lease.description())
                        .filter(held -> !held.holder().equals(Setup.OTHER_RUN))
                        .isPresent();
    }

    private void requireMayMeasure(LambdaCall call) {
        if (!everHeld) {
            violations.add("S8 spends money before the function is its own: " + call);
        }
        if (isExposed()) {
            violations.add("S10 $LATEST bears " + function.latest().memoryMB() + " MB while measuring");
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
        boolean others = alias != null
                && (!alias.description().startsWith("memtune ")
                        || alias.description().contains("holder=" + Setup.OTHER_RUN));
        if (others) {
            violations.add("S3 deletes a foreign alias: " + call);
        }
    }

    private void requireMovable(LambdaCall call) {
        String name = call.detail().substring(0, call.detail().indexOf(' '));
        if (!name.equals("prod") && !name.equals(Lease.ALIAS)) {
            violations.add("S3 moves a foreign alias: " + call);
        }
    }

    /** After a call, of the run under test or of anybody else's. */
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
        exposedCalls += isExposed() ? 1 : 0;
    }

    private boolean isExposed() {
        int memoryMB = function.latest().memoryMB();
        boolean forGood = memoryMB == ownMB
                || memoryMB == othersMB
                || Integer.valueOf(memoryMB).equals(appliedMB);
        return trialSizes.contains(memoryMB) && !forGood;
    }

    /** What the run under test was answered. */
    void answered(LambdaCall call, @Nullable Object answer) {
        if (isInvoke(call) && answer instanceof String requestId) {
            executed.put(requestId, function.configuration(call.detail()));
        }
        if (answer instanceof FunctionInvoker.Response response && response.executedVersion() != null) {
            executed.put(response.requestId(), function.configuration(response.executedVersion()));
        }
        if (answer instanceof AliasConfiguration alias && alias.name().equals("prod")) {
            moveCount++;
            if (moveCount > 1) {
                violations.add("S4 moved prod " + moveCount + " times");
            }
        }
    }
}
