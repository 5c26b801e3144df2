// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.registry.StackState.Absent;
import dev.memtune.core.registry.StackState.Deployed;
import dev.memtune.core.registry.StackState.Failed;
import dev.memtune.core.wire.AlgorithmType;
import org.junit.jupiter.api.Test;

/** What all stacks do. */
public abstract class AlgorithmStacksContract {

    /** The stacks under test, none of these names among them. */
    protected abstract AlgorithmStacks stacks();

    /** An upload that can be deployed. */
    protected abstract UploadContent content(String name, AlgorithmType type);

    /** An upload whose deployment fails. */
    protected abstract UploadContent broken(String name);

    /** Lets what is under way come to its end, which is a failure if the upload is broken. */
    protected abstract void settle(String name, boolean isBroken);

    /** Makes the function's alias {@code prod}. */
    protected abstract void promote(String name);

    private AlgorithmItem deployed(String name, UploadContent content) {
        AlgorithmItem item =
                AlgorithmItem.first(name, Items.upload(name, "v1", "0A"), new Arrival.Checked(content), Items.NOW);
        stacks().deploy(item);
        settle(name, false);
        return item;
    }

    private AlgorithmItem updated(AlgorithmItem item, UploadContent content, boolean isBroken) {
        Upload later = Items.upload(
                item.name(), item.upload().versionId() + "+", item.upload().sequencer() + "1");
        AlgorithmItem next = item.uploaded(later, new Arrival.Checked(content), Items.NOW);
        stacks().deploy(next);
        settle(item.name(), isBroken);
        return next;
    }

    @Test
    void hasNothingAtFirst() {
        assertThat(stacks().state("nothing")).isEqualTo(new Absent());
    }

    @Test
    void deploysAnAttempt() {
        AlgorithmItem item = deployed("first", content("first", AlgorithmType.TRANSFORM));

        assertThat(stacks().state("first")).isEqualTo(new Deployed(ExecutionName.of(item)));
    }

    @Test
    void deploysTheSameAttemptOnce() {
        AlgorithmItem item = deployed("once", content("once", AlgorithmType.OUT));
        stacks().deploy(item);

        assertThat(stacks().state("once")).isEqualTo(new Deployed(ExecutionName.of(item)));
    }

    @Test
    void deploysALaterUploadOverAnEarlierOne() {
        AlgorithmItem first = deployed("twice", content("twice", AlgorithmType.TRANSFORM));
        AlgorithmItem second = updated(first, content("twice", AlgorithmType.OUT), false);

        assertThat(stacks().state("twice")).isEqualTo(new Deployed(ExecutionName.of(second)));
    }

    @Test
    void deploysAnotherAttemptAtTheSameUpload() {
        AlgorithmItem first = deployed("again", content("again", AlgorithmType.TRANSFORM));
        AlgorithmItem failed = first.moved(AlgorithmStatus.FAILED, "by others", Items.NOW);
        AlgorithmItem second = failed.retried(Items.NOW);
        stacks().deploy(second);
        settle("again", false);

        assertThat(stacks().state("again")).isEqualTo(new Deployed(ExecutionName.of(second)));
    }

    @Test
    void saysWhyAFirstDeploymentFailsAndTakesTheNext() {
        AlgorithmItem item = AlgorithmItem.first(
                "broken", Items.upload("broken", "v1", "0A"), new Arrival.Checked(broken("broken")), Items.NOW);
        stacks().deploy(item);
        settle("broken", true);

        assertThat(stacks().state("broken")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.deployment()).isEqualTo(ExecutionName.of(item));
            assertThat(failed.reasons()).isNotEmpty();
        });

        AlgorithmItem next = updated(item, content("broken", AlgorithmType.TRANSFORM), false);
        if (stacks().state("broken") instanceof Absent) {
            // What the failure had left was removed first.
            stacks().deploy(next);
            settle("broken", false);
        }
        assertThat(stacks().state("broken")).isEqualTo(new Deployed(ExecutionName.of(next)));
    }

    @Test
    void saysWhyALaterDeploymentFailsAndTakesTheNext() {
        AlgorithmItem first = deployed("spoilt", content("spoilt", AlgorithmType.TRANSFORM));
        AlgorithmItem second = updated(first, broken("spoilt"), true);
        stacks().deploy(second);

        assertThat(stacks().state("spoilt")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.deployment()).isEqualTo(ExecutionName.of(second));
            assertThat(failed.reasons()).isNotEmpty();
        });

        AlgorithmItem third = updated(second, content("spoilt", AlgorithmType.TRANSFORM), false);
        assertThat(stacks().state("spoilt")).isEqualTo(new Deployed(ExecutionName.of(third)));
    }

    @Test
    void connectsWhatTakesItsWorkFromAQueue() {
        AlgorithmItem item = deployed("fed", content("fed", AlgorithmType.IN));
        promote("fed");

        assertThat(stacks().connect("fed")).isFalse();
        settle("fed", false);
        assertThat(stacks().connect("fed")).isTrue();
        assertThat(stacks().state("fed")).isEqualTo(new Deployed(ExecutionName.of(item)));

        AlgorithmItem later = updated(item, content("fed", AlgorithmType.IN), false);
        assertThat(stacks().state("fed")).isEqualTo(new Deployed(ExecutionName.of(later)));
        assertThat(stacks().connect("fed")).isTrue();
    }

    @Test
    void hasNothingToConnectWhereNothingComesFromAQueue() {
        deployed("alone", content("alone", AlgorithmType.TRANSFORM));
        promote("alone");

        assertThat(stacks().connect("alone")).isTrue();
        assertThat(stacks().connect("unheard-of")).isTrue();
    }

    @Test
    void removesEverything() {
        deployed("gone", content("gone", AlgorithmType.IN));
        stacks().remove("gone");
        settle("gone", false);

        assertThat(stacks().state("gone")).isEqualTo(new Absent());
        stacks().remove("gone");
        assertThat(stacks().state("gone")).isEqualTo(new Absent());
    }
}
