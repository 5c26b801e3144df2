// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.model.ModelledFunctions;
import dev.memtune.local.service.CallInterceptor;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.Extension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * The switches of an embedded Lambda service over HTTP. All but the models are forgotten when the service stops.
 *
 * <p>Only programs on this machine get this far: the service listens on loopback and refuses what browsers send.
 */
public final class Admin implements Extension {
    /** Where it answers. */
    public static final String PATH = "/_memtune/admin/";

    private final Map<String, Resource> resources = new TreeMap<>();

    private Admin() {}

    /**
     * Adds the switches to a service.
     *
     * @param models the runner of the service
     * @param folder where the models are kept; those that are there already hold at once
     * @param clock for the recording and for throttling
     * @throws IOException if the models cannot be read
     */
    public static void attach(EmbeddedLambda lambda, ModelledFunctions models, Path folder, InstantSource clock)
            throws IOException {
        FaultPlan faults = new FaultPlan();
        Recording recording = new Recording();
        Throttle throttle = new Throttle(clock);
        CallInterceptor inner = lambda.switches().interceptor();
        lambda.switches().interceptor(new Overseer(inner, faults, throttle, recording, clock));
        SwitchesResource switches = new SwitchesResource(lambda.switches(), throttle, recording);
        Admin admin = new Admin();
        admin.resources.put("switches", switches);
        admin.resources.put("faults", new FaultsResource(faults));
        admin.resources.put("calls", new CallsResource(recording));
        admin.resources.put("models", new ModelsResource(models, new ModelFiles(folder), new FunctionMaker(lambda)));
        admin.resources.put("reset", question -> {
            if (!question.method().equals("POST")) {
                throw Resource.notAllowed(question, "POST");
            }
            switches.reset();
            faults.clear();
            recording.clear();
            return Resource.done();
        });
        lambda.mount(PATH, admin);
    }

    @Override
    public Answer answer(Question question) throws IOException, InterruptedException {
        try {
            String name = question.path().isEmpty() ? "" : question.path().getFirst();
            Resource resource = resources.get(name);
            if (resource == null) {
                throw new Refusal(
                        Refusal.NOT_FOUND,
                        "there is no " + PATH + name + "; there are " + String.join(", ", resources.keySet()));
            }
            return resource.answer(question);
        } catch (Refusal e) {
            return refused(e);
        } catch (IllegalArgumentException e) {
            return refused(new Refusal(Refusal.BAD_REQUEST, String.valueOf(e.getMessage())));
        }
    }

    private static Answer refused(Refusal refusal) {
        ObjectNode body = Members.MAPPER.createObjectNode().put("error", refusal.getMessage());
        return Resource.json(refusal.status(), body);
    }
}
