// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.port.UploadForm;
import dev.memtune.core.port.UploadForms;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives out forms for uploads that the intake will take. */
public final class FormDesk {
    private static final String NAME = "name";

    private final UploadForms forms;

    /** @param forms signs them */
    public FormDesk(UploadForms forms) {
        this.forms = Objects.requireNonNull(forms, "forms");
    }

    /**
     * A form for the algorithm that the path names.
     *
     * @param path the variables of the path, {@code name} among them
     * @throws BadInput if no algorithm can have that name
     * @throws dev.memtune.core.port.LambdaFault if the form cannot be signed
     */
    public UploadForm give(Map<String, String> path) {
        String name = path.getOrDefault(NAME, "");
        if (!UploadKey.isOf(name)) {
            throw new BadInput(List.of(new Problem(
                    NAME,
                    "must be 1 to 64 letters, digits, - or _",
                    name,
                    "POST to /uploads/NAME, with the name in metadata.json")));
        }
        return forms.form(name, Intake.ZIP_MAX_BYTES);
    }
}
