// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionOperationsTest extends ServiceFixture {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:f";

    @Test
    @LambdaRule("FN-01")
    void createsAFunctionWithLambdasDefaults() throws Exception {
        Rest.Answer answer = rest.create("f", zip);

        assertThat(answer.status()).isEqualTo(201);
        JsonNode json = answer.json();
        assertThat(json.path("FunctionArn").asText()).isEqualTo(ARN);
        assertThat(json.path("MemorySize").asInt()).isEqualTo(128);
        assertThat(json.path("Timeout").asInt()).isEqualTo(3);
        assertThat(json.path("EphemeralStorage").path("Size").asInt()).isEqualTo(512);
        assertThat(json.path("Architectures").path(0).asText()).isEqualTo("x86_64");
        assertThat(json.path("PackageType").asText()).isEqualTo("Zip");
        assertThat(json.path("Version").asText()).isEqualTo("$LATEST");
        assertThat(json.path("CodeSize").asInt()).isEqualTo(zip.length);
        assertThat(json.path("LastModified").asText()).isEqualTo("2026-01-01T00:00:00.000+0000");
        assertThat(json.path("RevisionId").asText()).hasSize(36);
        assertThat(json.path("State").asText()).isEqualTo("Active");
        assertThat(answer.header("x-amzn-RequestId")).hasSize(36);
    }

    @Test
    @LambdaRule("FN-02")
    void createsAndPublishesInOneCall() throws Exception {
        Rest.Answer answer = rest.post(Rest.FUNCTIONS, Rest.creation("f", zip, ",\"Publish\":true"));

        assertThat(answer.text("Version")).isEqualTo("1");
        assertThat(answer.text("FunctionArn")).isEqualTo(ARN + ":1");
        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("1");
    }

    @Test
    @LambdaRule("FN-03")
    void refusesTheSameNameTwice() throws Exception {
        rest.create("f", zip);
        Rest.Answer second = rest.create("f", zip);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.errorType()).isEqualTo("ResourceConflictException");
        assertThat(second.text("message")).isEqualTo("Function already exist: f");
        assertThat(second.text("Type")).isEqualTo("User");
    }

    @Test
    @LambdaRule("FN-04")
    void answersAMissingFunctionAsLambdaDoes() throws Exception {
        Rest.Answer answer = rest.get(Rest.FUNCTIONS + "/f/configuration");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorType()).isEqualTo("ResourceNotFoundException");
        assertThat(answer.text("Message")).isEqualTo("Function not found: " + ARN);
    }

    @Test
    void refusesImagesWithTheReason() throws Exception {
        Rest.Answer answer = rest.post(
                Rest.FUNCTIONS,
                "{\"FunctionName\":\"f\",\"PackageType\":\"Image\",\"Role\":\"" + Rest.ROLE
                        + "\",\"Code\":{\"ImageUri\":\"x\"}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("container images").contains("PackageType Zip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"MemorySize\":127}|Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
                "{\"MemorySize\":10241}|Value '10241' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 10240",
                "{\"Timeout\":0}|Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "{\"Timeout\":901}|Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
                "{\"Runtime\":\"cobol\"}|at 'runtime' failed to satisfy constraint: Member must satisfy enum value set",
                "{\"Runtime\":\"ruby3.4\"}|cannot run ruby3.4",
                "{\"Role\":\"me\"}|Value 'me' at 'role' failed to satisfy constraint",
                "{\"Handler\":\"a b\"}|at 'handler' failed to satisfy constraint",
                "{\"EphemeralStorage\":{\"Size\":100}}|at 'ephemeralStorage.size' failed",
                "{\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\"}}}|reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION",
                "{\"Environment\":{\"Variables\":{\"1A\":\"x\"}}}|at 'environment.variables' failed",
                "{\"MemorySize\":\"128\"}|'MemorySize' must be of type NUMBER, got: STRING",
                "{\"MemorySize\":99999999999}|'MemorySize' is out of range",
                "[]|it must be an object",
                "{\"MemorySize\":|Could not parse request body into json",
                "{\"VpcConfig\":{\"SubnetIds\":[\"s\"]}}|does not support VpcConfig",
                "{\"Layers\":[\"arn\"]}|Value '[arn]' at 'layers' failed to satisfy constraint",
                "{\"Runtime\":\"nodejs22.x\",\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}}|nodejs22.x is not supported for SnapStart",
                "{\"FileSystemConfigs\":[{\"Arn\":\"a\"}]}|does not support FileSystemConfigs",
                "{\"LoggingConfig\":{\"LogFormat\":\"XML\"}}|at 'loggingConfig.logFormat' failed",
            })
    @LambdaRule("FN-05")
    void refusesWrongConfigurations(String body, String message) throws Exception {
        rest.create("f", zip);
        Rest.Answer before = rest.get(Rest.FUNCTIONS + "/f/configuration");
        Rest.Answer answer = rest.configure("f", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains(message);
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").json()).isEqualTo(before.json());
    }

    @Test
    @LambdaRule("FN-06")
    void namesEveryViolationAtOnce() throws Exception {
        rest.create("f", zip);
        Rest.Answer answer = rest.configure("f", "{\"MemorySize\":1,\"Timeout\":9999}");

        assertThat(answer.text("message"))
                .startsWith("2 validation errors detected: ")
                .contains("'memorySize'")
                .contains("'timeout'");
    }

    @Test
    @LambdaRule("FN-07")
    void refusesMemoryOverTheAccountsQuota() throws Exception {
        rest.create("f", zip);
        lambda.switches().quotas(Quotas.DEFAULTS.withMemoryMB(3008));
        Rest.Answer answer = rest.configure("f", "{\"MemorySize\":3009}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message"))
                .isEqualTo(
                        "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008");
        assertThat(rest.configure("f", "{\"MemorySize\":3008}").status()).isEqualTo(200);
    }

    @Test
    @LambdaRule("FN-08")
    void refusesAnEnvironmentOver4KB() throws Exception {
        rest.create("f", zip);
        String value = "x".repeat(4094);

        assertThat(rest.configure("f", "{\"Environment\":{\"Variables\":{\"AB\":\"" + value + "\"}}}")
                        .status())
                .isEqualTo(200);
        assertThat(rest.configure("f", "{\"Environment\":{\"Variables\":{\"ABC\":\"" + value + "\"}}}")
                        .text("message"))
                .contains("exceeded the 4KB limit");
    }

    @Test
    @LambdaRule("FN-09")
    void keepsWhatAnUpdateLeavesOut() throws Exception {
        rest.create("f", zip);
        rest.configure("f", "{\"Environment\":{\"Variables\":{\"AB\":\"c\"}},\"Description\":\"d\",\"Timeout\":10}");
        JsonNode json = rest.configure("f", "{\"MemorySize\":512}").json();

        assertThat(json.path("MemorySize").asInt()).isEqualTo(512);
        assertThat(json.path("Timeout").asInt()).isEqualTo(10);
        assertThat(json.path("Description").asText()).isEqualTo("d");
        assertThat(json.path("Environment").path("Variables").path("AB").asText())
                .isEqualTo("c");
    }

    @Test
    @LambdaRule("FN-10")
    void keepsTheLogFormatAndItsLevels() throws Exception {
        rest.create("f", zip);
        rest.configure("f", "{\"LoggingConfig\":{\"LogFormat\":\"JSON\",\"SystemLogLevel\":\"WARN\"}}");
        JsonNode logging = rest.get(Rest.FUNCTIONS + "/f/configuration").json().path("LoggingConfig");

        assertThat(logging.path("LogFormat").asText()).isEqualTo("JSON");
        assertThat(logging.path("SystemLogLevel").asText()).isEqualTo("WARN");
        assertThat(logging.path("ApplicationLogLevel").asText()).isEqualTo("INFO");
        assertThat(logging.path("LogGroup").asText()).isEqualTo("/aws/lambda/f");
    }

    @Test
    @LambdaRule("FN-11")
    void showsTheWindowsOfCreationAndUpdate() throws Exception {
        lambda.switches().windows(new Windows(Duration.ofSeconds(3), Duration.ofSeconds(2)));
        assertThat(rest.create("f", zip).text("State")).isEqualTo("Pending");
        assertThat(rest.invoke("f", "{}").status()).isEqualTo(409);
        clock.advance(Duration.ofSeconds(3));
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").text("State")).isEqualTo("Active");

        Rest.Answer updated = rest.configure("f", "{\"MemorySize\":256}");
        assertThat(updated.text("LastUpdateStatus")).isEqualTo("InProgress");
        assertThat(updated.text("State")).isEqualTo("Active");
        Rest.Answer refused = rest.publish("f", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorType()).isEqualTo("ResourceConflictException");
        clock.advance(Duration.ofSeconds(2));
        assertThat(rest.get(Rest.FUNCTIONS + "/f")
                        .json()
                        .path("Configuration")
                        .path("LastUpdateStatus")
                        .asText())
                .isEqualTo("Successful");

        assertThat(rest.publish("f", "{}").text("State")).isEqualTo("Pending");
        assertThat(rest.invoke("f:1", "{}").status()).isEqualTo(409);
        clock.advance(Duration.ofSeconds(3));
        assertThat(rest.invoke("f:1", "{}").status()).isEqualTo(200);
    }

    @Test
    @LambdaRule("FN-12")
    void answersAStaleRevisionWith412() throws Exception {
        String revisionId = rest.create("f", zip).text("RevisionId");
        assertThat(rest.configure("f", "{\"MemorySize\":256,\"RevisionId\":\"" + revisionId + "\"}")
                        .status())
                .isEqualTo(200);
        Rest.Answer stale = rest.configure("f", "{\"MemorySize\":512,\"RevisionId\":\"" + revisionId + "\"}");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.errorType()).isEqualTo("PreconditionFailedException");
    }

    @Test
    @LambdaRule("VER-10")
    void publishesWithItsOwnDescriptionAndLeavesLatestAlone() throws Exception {
        rest.create("f", zip);
        rest.configure("f", "{\"Description\":\"users\"}");
        Rest.Answer version = rest.publish("f", "{\"Description\":\"ours\"}");

        assertThat(version.status()).isEqualTo(201);
        assertThat(version.text("Description")).isEqualTo("ours");
        assertThat(version.text("FunctionArn")).isEqualTo(ARN + ":1");
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").text("Description"))
                .isEqualTo("users");
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration?Qualifier=1").text("Description"))
                .isEqualTo("ours");
    }

    @Test
    @LambdaRule("FN-13")
    void describesAVersionThroughItsAlias() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
        rest.alias("f", "prod", "1");
        JsonNode json =
                rest.get(Rest.FUNCTIONS + "/f/configuration?Qualifier=prod").json();

        assertThat(json.path("Version").asText()).isEqualTo("1");
        assertThat(json.path("FunctionArn").asText()).isEqualTo(ARN + ":prod");
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration?Qualifier=other").text("Message"))
                .isEqualTo("Function not found: " + ARN + ":other");
    }

    @Test
    @LambdaRule("FN-14")
    void updatesCodeAndPublishesIt() throws Exception {
        String before = rest.create("f", zip).text("CodeSha256");
        byte[] other = Zips.of("h.py", "other");
        String body = "{\"Publish\":true,\"ZipFile\":\""
                + java.util.Base64.getEncoder().encodeToString(other) + "\"}";
        Rest.Answer answer = rest.put(Rest.FUNCTIONS + "/f/code", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("Version")).isEqualTo("1");
        assertThat(answer.text("CodeSha256")).isNotEqualTo(before);
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").text("CodeSha256"))
                .isEqualTo(answer.text("CodeSha256"));
    }

    @Test
    @LambdaRule("FN-15")
    void givesTheCodeBack() throws Exception {
        rest.create("f", zip);
        String location = rest.get(Rest.FUNCTIONS + "/f")
                .json()
                .path("Code")
                .path("Location")
                .asText();
        Rest.Answer code =
                rest.get(location.substring(lambda.endpoint().toString().length()));

        assertThat(code.response().body()).isEqualTo(zip);
        assertThat(rest.get("/_memtune/code/00").status()).isEqualTo(404);
        assertThat(rest.get("/_memtune/code/..%2F..").status()).isEqualTo(404);
    }

    @Test
    @LambdaRule("PAG-01")
    void listsVersionsInPages() throws Exception {
        rest.create("f", zip);
        for (int memory = 129; memory <= 132; memory++) {
            rest.configure("f", "{\"MemorySize\":" + memory + "}");
            rest.publish("f", "{}");
        }
        List<String> seen = new ArrayList<>();
        String marker = "";
        do {
            JsonNode page =
                    rest.get(Rest.FUNCTIONS + "/f/versions?MaxItems=2" + marker).json();
            page.path("Versions")
                    .forEach(version -> seen.add(version.path("Version").asText()));
            marker = page.has("NextMarker")
                    ? "&Marker=" + page.path("NextMarker").asText()
                    : "";
        } while (!marker.isEmpty());

        assertThat(seen).containsExactly("$LATEST", "1", "2", "3", "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaxItems=0", "MaxItems=x", "MaxItems=10001", "Marker=!!"})
    @LambdaRule("PAG-02")
    void refusesWrongPages(String query) throws Exception {
        assertThat(rest.get(Rest.FUNCTIONS + "?" + query).status()).isEqualTo(400);
    }

    @Test
    @LambdaRule("PAG-03")
    void listsFunctionsWithOrWithoutVersions() throws Exception {
        rest.create("a", zip);
        rest.create("b", zip);
        rest.publish("b", "{}");

        assertThat(rest.get(Rest.FUNCTIONS).json().path("Functions")).hasSize(2);
        assertThat(rest.get(Rest.FUNCTIONS + "?FunctionVersion=ALL").json().path("Functions"))
                .hasSize(3);
    }

    @Test
    @LambdaRule("FN-19")
    void deletesEverythingOrOneVersion() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
        assertThat(rest.delete(Rest.FUNCTIONS + "/f?Qualifier=1").status()).isEqualTo(204);
        assertThat(rest.get(Rest.FUNCTIONS + "/f?Qualifier=1").status()).isEqualTo(404);
        assertThat(rest.delete(Rest.FUNCTIONS + "/f").status()).isEqualTo(204);
        assertThat(rest.get(Rest.FUNCTIONS + "/f").status()).isEqualTo(404);
        assertThat(rest.delete(Rest.FUNCTIONS + "/f").status()).isEqualTo(404);
    }

    @Test
    @LambdaRule("FN-18")
    void refusesChangesThroughAVersion() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");

        assertThat(rest.configure("f:1", "{\"MemorySize\":256}").text("message"))
                .contains("unqualified function ARN");
    }

    @Test
    @LambdaRule("FN-16")
    void keepsTags() throws Exception {
        rest.post(Rest.FUNCTIONS, Rest.creation("f", zip, ",\"Tags\":{\"a\":\"1\"}"));
        String tags = "/2017-03-31/tags/" + ARN.replace(":", "%3A");
        rest.post(tags, "{\"Tags\":{\"b\":\"2\",\"c\":\"3\"}}");
        rest.delete(tags + "?tagKeys=a&tagKeys=c");

        assertThat(rest.get(tags).json().path("Tags").toString()).isEqualTo("{\"b\":\"2\"}");
        assertThat(rest.post(tags, "{\"Tags\":{\"aws:x\":\"2\"}}").status()).isEqualTo(400);
        assertThat(rest.get(tags + "%3A1").text("message")).contains("versions are not supported");
    }

    @Test
    @LambdaRule("FN-26")
    void refusesQualifiersThatAreNone() throws Exception {
        rest.create("f", zip);

        assertThat(rest.get(Rest.FUNCTIONS + "/f?Qualifier=a%20b").text("message"))
                .isEqualTo("1 validation error detected: Value 'a b' at 'qualifier' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: (|[a-zA-Z0-9$_-]+)");
        assertThat(rest.get(Rest.FUNCTIONS + "/f?Qualifier=" + "a".repeat(129)).text("message"))
                .contains("Member must have length less than or equal to 128");
    }

    @Test
    @LambdaRule("FN-17")
    void refusesTagsDuringAnUpdate() throws Exception {
        rest.create("f", zip);
        lambda.switches().windows(new Windows(Duration.ZERO, Duration.ofSeconds(2)));
        rest.configure("f", "{\"MemorySize\":256}");
        String tags = "/2017-03-31/tags/arn:aws:lambda:us-east-1:000000000000:function:f";
        Rest.Answer refused = rest.post(tags, "{\"Tags\":{\"a\":\"1\"}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorType()).isEqualTo("ResourceConflictException");
        clock.advance(Duration.ofSeconds(2));

        assertThat(rest.post(tags, "{\"Tags\":{\"a\":\"1\"}}").status()).isEqualTo(204);
    }

    @Test
    void namesTheCallThatIsMissing() throws Exception {
        Rest.Answer known = rest.put("/2024-08-31/functions/f/recursion-config", "{}");
        Rest.Answer unknown = rest.get("/2099-01-01/anything");

        assertThat(known.status()).isEqualTo(501);
        assertThat(known.errorType()).isEqualTo("ServiceException");
        assertThat(known.text("Message")).contains("does not support PutFunctionRecursionConfig");
        assertThat(unknown.text("Message")).contains("does not know the operation GET /2099-01-01/anything");
    }
}
