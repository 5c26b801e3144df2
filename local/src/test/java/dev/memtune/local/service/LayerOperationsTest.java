// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html">Layers</a>. */
class LayerOperationsTest extends ServiceFixture {
    private static final String LAYERS = "/2018-10-31/layers";
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:layer:";

    private Rest.Answer publish(String name, String file, String more) throws Exception {
        String content = Base64.getEncoder().encodeToString(Zips.of(file, "content of " + file));
        return rest.post(
                LAYERS + "/" + name + "/versions", "{\"Content\":{\"ZipFile\":\"" + content + "\"}" + more + "}");
    }

    private Rest.Answer use(String... arns) throws Exception {
        return rest.configure("f", "{\"Layers\":[\"" + String.join("\",\"", arns) + "\"]}");
    }

    @Test
    @LambdaRule("LAY-01")
    void publishesAndGetsVersions() throws Exception {
        Rest.Answer published = publish(
                "tools",
                "bin/tool",
                ",\"Description\":\"d\",\"LicenseInfo\":\"MIT\",\"CompatibleRuntimes\":[\"python3.12\"],\"CompatibleArchitectures\":[\"x86_64\"]");
        assertThat(published.status()).isEqualTo(201);
        JsonNode json = published.json();
        assertThat(json.path("LayerArn").asText()).isEqualTo(ARN + "tools");
        assertThat(json.path("LayerVersionArn").asText()).isEqualTo(ARN + "tools:1");
        assertThat(json.path("Version").asInt()).isEqualTo(1);
        assertThat(json.path("Content").path("CodeSize").asLong()).isPositive();
        assertThat(json.path("CompatibleRuntimes").get(0).asText()).isEqualTo("python3.12");
        assertThat(json.path("LicenseInfo").asText()).isEqualTo("MIT");

        assertThat(rest.get(LAYERS + "/tools/versions/1").json()).isEqualTo(json);
        assertThat(rest.get(LAYERS + "?find=LayerVersion&Arn=" + ARN + "tools:1")
                        .json())
                .isEqualTo(json);
    }

    @Test
    @LambdaRule("LAY-02")
    void listsLayersWithTheirNewestMatchingVersion() throws Exception {
        publish("tools", "a", ",\"CompatibleRuntimes\":[\"python3.12\"]");
        publish("tools", "b", ",\"CompatibleRuntimes\":[\"nodejs22.x\"]");
        publish("other", "c", "");

        assertThat(rest.get(LAYERS).json().path("Layers")).hasSize(2);
        JsonNode matching =
                rest.get(LAYERS + "?CompatibleRuntime=python3.12").json().path("Layers");
        assertThat(matching).hasSize(1);
        assertThat(matching.get(0).path("LatestMatchingVersion").path("Version").asInt())
                .isEqualTo(1);
        assertThat(rest.get(LAYERS + "/tools/versions?MaxItems=1")
                        .json()
                        .path("LayerVersions")
                        .get(0)
                        .path("Version")
                        .asInt())
                .isEqualTo(2);
        assertThat(rest.get(LAYERS + "/never/versions").json().path("LayerVersions"))
                .isEmpty();
        assertThat(rest.get(LAYERS + "?CompatibleArchitecture=mips").text("message"))
                .contains(
                        "at 'compatibleArchitecture' failed to satisfy constraint: Member must satisfy enum value set");
    }

    @Test
    @LambdaRule("LAY-03")
    void neverReusesALayerVersionNumber() throws Exception {
        publish("tools", "a", "");
        assertThat(rest.delete(LAYERS + "/tools/versions/1").status()).isEqualTo(204);
        assertThat(rest.delete(LAYERS + "/tools/versions/1").status()).isEqualTo(204);
        restart();

        assertThat(publish("tools", "a", "").json().path("Version").asInt()).isEqualTo(2);
        assertThat(rest.get(LAYERS + "/tools/versions/1").status()).isEqualTo(404);
        assertThat(rest.get(LAYERS + "/tools/versions/0").text("message"))
                .isEqualTo("Layer Version Cannot be less than 1");
    }

    @Test
    @LambdaRule("LAY-04")
    void givesFunctionsTheMergedContentTheLastLayerOnTop() throws Exception {
        rest.create("f", zip);
        publish("one", "python/a.py", "");
        publish("two", "python/b.py", "");
        publish("three", "python/a.py", "");
        JsonNode used = use(ARN + "one:1", ARN + "two:1", ARN + "three:1").json();
        assertThat(used.path("Layers").get(2).path("Arn").asText()).isEqualTo(ARN + "three:1");
        assertThat(used.path("Layers").get(0).path("CodeSize").asLong()).isPositive();
        rest.invoke("f", "{}");
        Path opt = runner.versions.getLast().hosting().layers().orElseThrow();

        assertThat(opt.resolve("python/a.py")).hasContent("content of python/a.py");
        assertThat(opt.resolve("python/b.py")).exists();
        assertThat(rest.configure("f", "{\"Layers\":[]}").json().has("Layers")).isFalse();
    }

    @Test
    @LambdaRule("LAY-05")
    void keepsADeletedVersionForTheFunctionsThatUseIt() throws Exception {
        rest.create("f", zip);
        publish("tools", "python/a.py", "");
        use(ARN + "tools:1");
        rest.delete(LAYERS + "/tools/versions/1");
        restart();
        rest.invoke("f", "{}");

        assertThat(runner.versions.getLast().hosting().layers().orElseThrow().resolve("python/a.py"))
                .exists();
        assertThat(use(ARN + "tools:1").text("message")).isEqualTo("Layer version " + ARN + "tools:1 does not exist.");
    }

    @Test
    @LambdaRule("LAY-06")
    void refusesLayersThatCannotBeUsedTogether() throws Exception {
        rest.create("f", zip);
        publish("tools", "a", "");
        publish("tools", "b", "");

        assertThat(use(ARN + "tools:1", ARN + "tools:2").text("message"))
                .isEqualTo(
                        "Two different versions of the same layer are not allowed to be referenced in the same function. "
                                + ARN + "tools:1 and " + ARN + "tools:2 are versions of the same layer.");
        assertThat(use(ARN + "a:1", ARN + "b:1", ARN + "c:1", ARN + "d:1", ARN + "e:1", ARN + "g:1")
                        .text("message"))
                .isEqualTo("Cannot reference more than 5 layers.");
        assertThat(use(ARN + "tools").text("message")).contains("at 'layers' failed to satisfy constraint");
        assertThat(use("arn:aws:lambda:eu-west-1:000000000000:layer:tools:1").text("message"))
                .isEqualTo("Layers are not in the same region as the function. "
                        + "Layers are expected to be in region us-east-1.");
    }

    @Test
    @LambdaRule("LAY-07")
    void publishesAnewWhereLayersChanged() throws Exception {
        rest.create("f", zip);
        publish("tools", "a", "");
        rest.publish("f", "{}");
        use(ARN + "tools:1");

        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("2");
        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("2");
    }

    @Test
    @LambdaRule("LAY-12")
    void countsAgainstTheUnzippedSizeAndTheCodeStorage() throws Exception {
        rest.create("f", zip);
        publish("tools", "a", "");
        long layer = rest.get(LAYERS + "/tools/versions/1")
                .json()
                .path("Content")
                .path("CodeSize")
                .asLong();
        assertThat(rest.get("/2016-08-19/account-settings")
                        .json()
                        .path("AccountUsage")
                        .path("TotalCodeSize")
                        .asLong())
                .isEqualTo(zip.length + layer);
        lambda.switches().quotas(new Quotas(10_240, 1_000, 100, 100_000, 40, 1_000_000));

        assertThat(use(ARN + "tools:1").text("message"))
                .isEqualTo("Function code combined with layers exceeds the maximum allowed size of 40 bytes. "
                        + "The actual size is 47 bytes.");
    }
}
