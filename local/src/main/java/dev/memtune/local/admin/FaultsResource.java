// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.service.Extension.Answer;
import dev.memtune.local.service.Extension.Question;
import java.io.IOException;

/** The planned faults. */
final class FaultsResource implements Resource {
    private final FaultPlan plan;

    FaultsResource(FaultPlan plan) {
        this.plan = plan;
    }

    @Override
    public Answer answer(Question question) throws IOException {
        if (question.path().size() > 1) {
            return one(question, question.path().get(1));
        }
        return switch (question.method()) {
            case "GET" -> list();
            case "POST" ->
                Resource.json(
                        CREATED, FaultDocument.write(plan.add(FaultDocument.read(Members.parse(question.body())))));
            case "DELETE" -> {
                plan.clear();
                yield Resource.done();
            }
            default -> throw Resource.notAllowed(question, "GET, POST, DELETE");
        };
    }

    private Answer one(Question question, String id) {
        if (!question.method().equals("DELETE")) {
            throw Resource.notAllowed(question, "DELETE");
        }
        if (!id.matches("\\d{1,9}") || !plan.remove(Integer.parseInt(id))) {
            throw new Refusal(Refusal.NOT_FOUND, "there is no fault " + id);
        }
        return Resource.done();
    }

    private Answer list() {
        ObjectNode json = Members.MAPPER.createObjectNode();
        plan.all().forEach(planned -> json.withArray("faults").add(FaultDocument.write(planned)));
        return Resource.json(OK, json);
    }
}
