// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.service.Call;
import dev.memtune.local.service.CallInterceptor;
import dev.memtune.local.service.Intervention;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees every call: throttles it, plays the planned faults, records it. Another interceptor sees what gets through. */
final class Overseer implements CallInterceptor {
    private final CallInterceptor inner;
    private final FaultPlan faults;
    private final Throttle throttle;
    private final Recording recording;
    private final InstantSource clock;
    private final Map<String, Recording.Entry> open = new ConcurrentHashMap<>();

    Overseer(CallInterceptor inner, FaultPlan faults, Throttle throttle, Recording recording, InstantSource clock) {
        this.inner = inner;
        this.faults = faults;
        this.throttle = throttle;
        this.recording = recording;
        this.clock = clock;
    }

    @Override
    public Intervention before(Call call) {
        Intervention intervention = intervention(call);
        Recording.Entry entry = recording.open(call, clock.instant(), intervention);
        switch (intervention) {
            case Intervention.FailBefore f -> {
                LambdaFault.Kind kind = f.fault().kind();
                recording.close(entry, new Outcome(kind.status(), kind.code()), clock.instant());
            }
            case Intervention.LoseBefore l -> recording.close(entry, new Outcome(0, ""), clock.instant());
            case Intervention.Proceed p -> open.put(call.requestId(), entry);
            case Intervention.FailAfter f -> open.put(call.requestId(), entry);
            case Intervention.LoseAfter l -> open.put(call.requestId(), entry);
            case Intervention.LateEffect l -> open.put(call.requestId(), entry);
            case Intervention.Slow s -> open.put(call.requestId(), entry);
        }
        return intervention;
    }

    private Intervention intervention(Call call) {
        if (!throttle.admits(call.operation())) {
            return new Intervention.FailBefore(LambdaFault.throttled("CallerRateLimitExceeded"));
        }
        Intervention planned = faults.next(call);
        return planned instanceof Intervention.Proceed ? inner.before(call) : planned;
    }

    @Override
    public void after(Call call, Outcome outcome) {
        Recording.Entry entry = open.remove(call.requestId());
        if (entry != null) {
            recording.close(entry, outcome, clock.instant());
        }
        inner.after(call, outcome);
    }
}
