// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.model.FunctionModel;
import dev.memtune.local.model.ModelledFunctions;
import dev.memtune.local.service.Extension.Answer;
import dev.memtune.local.service.Extension.Question;
import java.io.IOException;
import java.util.regex.Pattern;

/** The functions that are computed instead of run. A function that does not exist yet is created. */
final class ModelsResource implements Resource {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

    private final ModelledFunctions models;
    private final ModelFiles files;
    private final FunctionMaker maker;

    ModelsResource(ModelledFunctions models, ModelFiles files, FunctionMaker maker) throws IOException {
        this.models = models;
        this.files = files;
        this.maker = maker;
        files.load().forEach(models::put);
    }

    @Override
    public Answer answer(Question question) throws IOException, InterruptedException {
        if (question.path().size() > 1) {
            return one(question, question.path().get(1));
        }
        if (!question.method().equals("GET")) {
            throw Resource.notAllowed(question, "GET");
        }
        ObjectNode json = Members.MAPPER.createObjectNode();
        models.all().forEach((name, model) -> json.set(name, ModelDocument.write(model)));
        return Resource.json(OK, json);
    }

    private Answer one(Question question, String name) throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.member("the function's name", "must be 1 to 64 letters, digits, - or _", name);
        }
        return switch (question.method()) {
            case "GET" -> Resource.json(OK, ModelDocument.write(existing(name)));
            case "PUT" -> put(name, Members.parse(question.body()));
            case "DELETE" -> {
                existing(name);
                files.delete(name);
                models.remove(name);
                yield Resource.done();
            }
            default -> throw Resource.notAllowed(question, "GET, PUT, DELETE");
        };
    }

    private FunctionModel existing(String name) {
        FunctionModel model = models.all().get(name);
        if (model == null) {
            throw new Refusal(Refusal.NOT_FOUND, "the function " + name + " has no model");
        }
        return model;
    }

    private Answer put(String name, Members members) throws IOException, InterruptedException {
        FunctionMaker.Sizes sizes = FunctionMaker.Sizes.read(members);
        FunctionModel model = ModelDocument.read(members);
        files.save(name, model);
        models.put(name, model);
        boolean created = maker.createIfMissing(name, sizes);
        return Resource.json(created ? CREATED : OK, ModelDocument.write(model));
    }
}
