// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Counts the points at which something can go wrong, every Lambda call and every write to the run store, and makes one fault
 * happen at one of them.
 */
final class Points implements CallHook {
    private static final Set<String> WRITES = Set.of("create", "raiseToken", "append", "putInfeasible", "putDocument");

    private final Fault fault;
    private final int at;
    private final Actors actors;
    private final Observer observer;
    private final List<Late> late = new ArrayList<>();
    private int point;
    private boolean denying;
    private boolean dead;
    private boolean halted;
    private boolean elsewhere;
    private boolean happened;

    private record Late(int due, Runnable effect) {}

    Points(Fault fault, int at, Actors actors, Observer observer) {
        this.fault = fault;
        this.at = at;
        this.actors = actors;
        this.observer = observer;
    }

    int count() {
        return point;
    }

    boolean isHalted() {
        return halted;
    }

    /** Whether the fault could be made at its point. */
    boolean happened() {
        return happened;
    }

    /** A new process begins. */
    void newProcess() {
        dead = false;
    }

    /** Nothing goes wrong any more; what was late comes now. */
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
        landLate();
        boolean now = point == at;
        if (now) {
            before(call, effect);
        }
        if (denying) {
            throw new LambdaFault.Denied("not authorized to perform lambda:" + call.action(), null);
        }
        observer.about(call);
        T answer = effect.get();
        observer.seen(call);
        if (now) {
            after(call.toString());
        }
        return answer;
    }

    private void before(LambdaCall call, Supplier<?> effect) {
        happened = true;
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
            case CRASH_BEFORE, HALT_BEFORE -> die("before " + call);
            case FOREIGN_SETTING,
                    FOREIGN_MEMORY,
                    FOREIGN_PUBLICATION,
                    FOREIGN_DEPLOYMENT,
                    FOREIGN_ALIAS_MOVE,
                    SECOND_RUN,
                    CLEAN_IN_GAP -> act();
            case NONE, FAILS_AFTER_EFFECT, CRASH_AFTER, HALT_AFTER -> {}
        }
    }

    private void after(String where) {
        switch (fault) {
            case FAILS_AFTER_EFFECT -> throw new LambdaFault.OutcomeUnknown("500 after", null);
            case CRASH_AFTER, HALT_AFTER -> die("after " + where);
            default -> {}
        }
    }

    private void act() {
        elsewhere = true;
        actors.act(fault);
        elsewhere = false;
    }

    private void die(String where) {
        happened = true;
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
            effect.get();
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
                    boolean now = write && ++point == at && fault.isOfStore();
                    if (now) {
                        beforeWrite(method.getName());
                    }
                    Object answer = invoke(() -> method.invoke(store, arguments));
                    observer.written(method.getName(), arguments);
                    if (now) {
                        after(method.getName());
                    }
                    return answer;
                });
    }

    private void beforeWrite(String name) {
        happened = true;
        if (fault == Fault.CRASH_BEFORE || fault == Fault.HALT_BEFORE) {
            die("before " + name);
        }
        if (fault == Fault.CLEAN_IN_GAP) {
            act();
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
