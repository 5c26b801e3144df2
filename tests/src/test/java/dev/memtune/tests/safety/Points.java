// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Counts the points at which something can go wrong, every Lambda call and every write to the run store, and makes faults
 * happen at some of them. The points of the recovery are counted from {@link #RECOVERY} on.
 */
final class Points implements CallHook {
    private static final Set<String> WRITES =
            Set.of("create", "raiseToken", "append", "putSamples", "putInfeasible", "putDocument", "putRollback");

    /** Where the points of the recovery begin. */
    static final int RECOVERY = 10_000;

    /** What can be done at a point. */
    enum Kind {
        /** A call that reads, or an invocation. */
        READ,
        /** A call that changes something. */
        CHANGE,
        /** A write to the run store. */
        WRITE
    }

    private final Map<Integer, Fault> faults;
    private final Map<Integer, Kind> kinds = new HashMap<>();
    private final Actors actors;
    private final Observer observer;
    private final List<Late> late = new ArrayList<>();
    private int point;
    private boolean denying;
    private boolean dead;
    private boolean halted;
    private boolean elsewhere;
    private int happened;

    private record Late(int due, Runnable effect) {}

    Points(Map<Integer, Fault> faults, Actors actors, Observer observer) {
        this.faults = Map.copyOf(faults);
        this.actors = actors;
        this.observer = observer;
    }

    int count() {
        return point;
    }

    boolean isHalted() {
        return halted;
    }

    /** What the points so far are. */
    Map<Integer, Kind> kinds() {
        return Map.copyOf(kinds);
    }

    /** Whether every fault could be made at its point. */
    boolean happened() {
        return happened >= faults.size();
    }

    /** Whether something that was sent may still take effect. */
    boolean isSomethingLate() {
        return !late.isEmpty();
    }

    /** A new process begins. */
    void newProcess() {
        dead = false;
    }

    /** The run is over; what was late comes now. Only faults of the recovery are still to come. */
    void recover() {
        heal();
        elsewhere = false;
        point = RECOVERY;
    }

    /** Nothing goes wrong any more. */
    void heal() {
        dead = false;
        halted = false;
        denying = false;
        elsewhere = true;
        late.forEach(effect -> effect.effect().run());
        late.clear();
    }

    @Override
    public <T> T around(LambdaCall call, Supplier<T> effect) {
        if (elsewhere) {
            T answer = effect.get();
            observer.seen(call);
            return answer;
        }
        requireAlive();
        point++;
        kinds.put(point, call.isChanging() ? Kind.CHANGE : Kind.READ);
        landLate();
        Fault fault = faults.getOrDefault(point, Fault.NONE);
        before(fault, call, effect);
        if (denying) {
            throw new LambdaFault.Denied("not authorized to perform lambda:" + call.action(), null);
        }
        observer.about(call);
        T answer = effect.get();
        observer.seen(call);
        observer.answered(call, answer);
        after(fault, call.toString());
        return answer;
    }

    private void before(Fault fault, LambdaCall call, Supplier<?> effect) {
        happened += fault == Fault.NONE ? 0 : 1;
        switch (fault) {
            case THROTTLED -> throw new LambdaFault.Throttled("Rate exceeded", "CallerRateLimitExceeded", null, null);
            case FAILS_BEFORE_EFFECT -> throw new LambdaFault.OutcomeUnknown("500 before", null);
            case LATE_BY_1, LATE_BY_5, LATE_BY_20 -> {
                if (call.isChanging()) {
                    late.add(new Late(point + fault.lateness(), () -> land(effect)));
                }
                throw new LambdaFault.OutcomeUnknown("late effect", null);
            }
            case CONFLICT -> {
                if (call.isChanging()) {
                    throw new LambdaFault.Conflict("The operation cannot be performed at this time", null);
                }
            }
            case PRECONDITION_FAILED -> {
                if (call.isChanging()) {
                    throw new LambdaFault.PreconditionFailed("The RevisionId provided does not match", null);
                }
            }
            case DENIED_ONCE -> throw new LambdaFault.Denied("not authorized", null);
            case DENIED_FROM_HERE -> denying = true;
            case CRASH_BEFORE, HALT_BEFORE -> die(fault, "before " + call);
            case FOREIGN_SETTING,
                    FOREIGN_MEMORY,
                    FOREIGN_PUBLICATION,
                    FOREIGN_DEPLOYMENT,
                    FOREIGN_ALIAS_MOVE,
                    SECOND_RUN,
                    CLEAN_IN_GAP -> act(fault);
            case NONE, FAILS_AFTER_EFFECT, CRASH_AFTER, HALT_AFTER -> {}
        }
    }

    private void after(Fault fault, String where) {
        switch (fault) {
            case FAILS_AFTER_EFFECT -> throw new LambdaFault.OutcomeUnknown("500 after", null);
            case CRASH_AFTER, HALT_AFTER -> die(fault, "after " + where);
            default -> {}
        }
    }

    private void act(Fault fault) {
        elsewhere = true;
        actors.act(fault);
        elsewhere = false;
    }

    private void die(Fault fault, String where) {
        dead = true;
        halted = fault.isHalt();
        throw new Crash(where);
    }

    private void requireAlive() {
        if (dead || halted) {
            throw new Crash("already dead");
        }
    }

    private void landLate() {
        List<Late> due = late.stream().filter(effect -> effect.due() <= point).toList();
        late.removeAll(due);
        due.forEach(effect -> effect.effect().run());
    }

    private static void land(Supplier<?> effect) {
        try {
            Object unused = effect.get();
        } catch (LambdaFault e) {
            // It came too late to have an effect: this is what revisions are for.
            assert e.getMessage() != null;
        }
    }

    /** The run store, with a point at every write. */
    RunStore around(RunStore store) {
        return (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, arguments) -> {
                    boolean write = WRITES.contains(method.getName()) && !elsewhere;
                    if (!elsewhere) {
                        requireAlive();
                    }
                    Fault fault = write ? faultOfWrite() : Fault.NONE;
                    beforeWrite(fault, method.getName());
                    Object answer = invoke(() -> method.invoke(store, arguments));
                    observer.written(method.getName(), arguments);
                    after(fault, method.getName());
                    return answer;
                });
    }

    private Fault faultOfWrite() {
        point++;
        kinds.put(point, Kind.WRITE);
        Fault fault = faults.getOrDefault(point, Fault.NONE);
        return fault.isOfStore() ? fault : Fault.NONE;
    }

    private void beforeWrite(Fault fault, String name) {
        happened += fault == Fault.NONE ? 0 : 1;
        if (fault == Fault.CRASH_BEFORE || fault == Fault.HALT_BEFORE) {
            die(fault, "before " + name);
        }
        if (fault == Fault.CLEAN_IN_GAP) {
            act(fault);
        }
    }

    private interface Reflected {
        Object call() throws IllegalAccessException, InvocationTargetException;
    }

    private static Object invoke(Reflected call) throws Throwable {
        try {
            return call.call();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
