// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Walks every member that the SDK's model has, so that one that a later SDK adds is tested without a change here. */
class SettingsDigestTest {
    private static final String EMPTY =
            SettingsDigest.of(GetFunctionConfigurationResponse.builder().build());

    /** What a tuning changes, AWS changes by itself, or tells of a version otherwise than of {@code $LATEST}. */
    private static final Set<String> MAY_DIFFER = Set.of(
            "CodeSha256",
            "CodeSize",
            "ConfigSha256",
            "Description",
            "FunctionArn",
            "LastModified",
            "LastUpdateStatus",
            "LastUpdateStatusReason",
            "LastUpdateStatusReasonCode",
            "MasterArn",
            "MemorySize",
            "RevisionId",
            "RuntimeVersionConfig",
            "State",
            "StateReason",
            "StateReasonCode",
            "Version");

    /** Within structures: what AWS changes by itself, and the log level, which trial versions may have otherwise. */
    private static final Set<String> MAY_DIFFER_WITHIN = Set.of("OptimizationStatus", "SystemLogLevel");

    private static SdkPojo with(SdkPojo builder, SdkField<?> field, Object value) {
        field.set(builder, value);
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    private static String digest(SdkField<?> field, Object value) {
        return SettingsDigest.of(with(GetFunctionConfigurationResponse.builder(), field, value));
    }

    private static List<SdkField<?>> members() {
        return GetFunctionConfigurationResponse.builder().sdkFields();
    }

    /** Different values for a member; for a structure, one for every value of every member of its own. */
    private static List<Object> values(SdkField<?> field) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return switch (type) {
            case STRING -> List.of("a", "b", "1:a");
            case INTEGER -> List.of(1, 2);
            case LONG -> List.of(1L, 2L);
            case DOUBLE -> List.of(1.0, 2.0);
            case BOOLEAN -> List.of(true, false);
            case INSTANT -> List.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
            case LIST -> lists(values(field.getTrait(ListTrait.class).memberFieldInfo()));
            case MAP -> maps(values(field.getTrait(MapTrait.class).valueFieldInfo()));
            case SDK_POJO -> structures(field);
            default -> throw new AssertionError("no values for " + type + " of " + field.memberName());
        };
    }

    private static List<Object> lists(List<Object> elements) {
        List<Object> lists = new ArrayList<>();
        elements.forEach(element -> lists.add(List.of(element)));
        lists.add(List.of(elements.get(0), elements.get(1)));
        lists.add(List.of(elements.get(1), elements.get(0)));
        return lists;
    }

    private static List<Object> maps(List<Object> elements) {
        List<Object> maps = new ArrayList<>();
        elements.forEach(element -> maps.add(Map.of("k", element)));
        maps.add(Map.of("l", elements.get(0)));
        maps.add(Map.of("k", elements.get(0), "l", elements.get(0)));
        return maps;
    }

    private static List<Object> structures(SdkField<?> field) {
        List<Object> structures = new ArrayList<>();
        for (SdkField<?> member : field.constructor().get().sdkFields()) {
            if (!MAY_DIFFER_WITHIN.contains(member.memberName())) {
                values(member)
                        .forEach(
                                value -> structures.add(with(field.constructor().get(), member, value)));
            }
        }
        return structures;
    }

    @Test
    void changesWithEveryValueOfEverySetting() {
        Set<String> digests = new HashSet<>(Set.of(EMPTY));
        int tried = 1;
        for (SdkField<?> member : members()) {
            if (!MAY_DIFFER.contains(member.memberName())) {
                for (Object value : values(member)) {
                    tried++;
                    assertThat(digests.add(digest(member, value)))
                            .as(member.memberName() + " = " + value)
                            .isTrue();
                }
            }
        }
        assertThat(digests).hasSize(tried).hasSizeGreaterThan(100);
    }

    @Test
    void doesNotChangeWithWhatMayDiffer() {
        Set<String> seen = new HashSet<>();
        for (SdkField<?> member : members()) {
            if (MAY_DIFFER.contains(member.memberName())) {
                seen.add(member.memberName());
                values(member).forEach(value -> assertThat(digest(member, value))
                        .as(member.memberName())
                        .isEqualTo(EMPTY));
            }
        }
        assertThat(seen).isEqualTo(MAY_DIFFER);
    }

    @Test
    void doesNotChangeWithTheStateOfASnapshot() {
        assertThat(SettingsDigest.of(GetFunctionConfigurationResponse.builder()
                        .snapStart(snapshot ->
                                snapshot.applyOn("PublishedVersions").optimizationStatus("On"))
                        .build()))
                .isEqualTo(SettingsDigest.of(GetFunctionConfigurationResponse.builder()
                        .snapStart(snapshot ->
                                snapshot.applyOn("PublishedVersions").optimizationStatus("Off"))
                        .build()));
    }

    @Test
    void changesWithTheValueOfAnEnvironmentVariable() {
        assertThat(environment(Map.of("MODE", "a"))).isNotEqualTo(environment(Map.of("MODE", "b")));
        assertThat(environment(Map.of("MODE", ""))).isNotEqualTo(environment(Map.of()));
    }

    @Test
    void doesNotDependOnTheOrderOfVariables() {
        Map<String, String> forwards = new LinkedHashMap<>();
        IntStream.range(0, 20).forEach(i -> forwards.put("K" + i, "v" + i));
        Map<String, String> backwards = new LinkedHashMap<>();
        IntStream.iterate(19, i -> i >= 0, i -> i - 1).forEach(i -> backwards.put("K" + i, "v" + i));
        assertThat(environment(forwards)).isEqualTo(environment(backwards));
    }

    @Test
    void takesWhatIsEmptyForAbsent() {
        assertThat(environment(Map.of())).isEqualTo(EMPTY);
        assertThat(SettingsDigest.of(GetFunctionConfigurationResponse.builder()
                        .vpcConfig(vpc -> vpc.vpcId("").subnetIds().securityGroupIds())
                        .layers(List.of())
                        .build()))
                .isEqualTo(EMPTY);
    }

    private static String environment(Map<String, String> variables) {
        return SettingsDigest.of(GetFunctionConfigurationResponse.builder()
                .environment(environment -> environment.variables(variables))
                .build());
    }
}
