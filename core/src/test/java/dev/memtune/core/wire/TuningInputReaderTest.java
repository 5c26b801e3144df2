// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningInputReaderTest {
    private static TuningInput read(String json) {
        return TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 7);
    }

    private static List<Problem> problems(String json) {
        BadInput bad = catchThrowableOfType(BadInput.class, () -> read(json));
        return Objects.requireNonNull(bad, "nothing was refused in " + json).problems();
    }

    @Test
    void fillsInWhatIsNotSaid() {
        TuningInput input = read("{\"lambdaARN\":\"primes\"}");
        assertThat(input.powerValues()).isEqualTo(TuningInputReader.DEFAULT_SIZES);
        assertThat(input.policy()).isEqualTo(SearchPolicy.STANDARD);
        assertThat(input.invocationCount()).isEqualTo(TuningInputReader.INVOCATIONS_MAX);
        assertThat(input.limits()).isEqualTo(SearchLimits.NONE);
        assertThat(input.strategy()).isEqualTo(Strategy.COST);
        assertThat(input.payloads()).hasSize(1);
        assertThat(input.payloads().getFirst().payload().toString()).isEqualTo("{}");
        assertThat(input.concurrency()).isNull();
        assertThat(input.promote()).isFalse();
        assertThat(input.seed()).isEqualTo(7);
    }

    @Test
    void readsEverything() {
        TuningInput input = read("""
                {"lambdaARN":"primes:prod","num":5,"powerValues":[512,128],"strategy":"speed","balancedWeight":0.2,
                 "payload":[{"name":"small","payload":{"n":1},"weight":3},{"payload":"[1,2]","weight":1}],
                 "parallelInvocation":true,"concurrency":4,"autoOptimize":true,"autoOptimizeAlias":"prod",
                 "allowedExceptions":["ValueError"],"seed":9,"policy":"exhaustive","dryRun":false}""");
        assertThat(input.powerValues()).containsExactly(128, 512);
        assertThat(input.strategy()).isEqualTo(Strategy.DURATION);
        assertThat(input.payloads()).extracting(NamedPayload::name).containsExactly("small", "payload[1]");
        assertThat(input.payloads().get(1).payload().isArray()).isTrue();
        assertThat(input.concurrency()).isEqualTo(4);
        assertThat(input.promoteAlias()).isEqualTo("prod");
        assertThat(input.allowedErrors()).containsExactly("ValueError");
        assertThat(input.seed()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; STANDARD",
                ",\"num\":5; STANDARD",
                ",\"powerValues\":[128]; STANDARD",
                ",\"powerValues\":[],\"num\":5; STANDARD",
                ",\"powerValues\":[128],\"num\":5; EXHAUSTIVE",
                ",\"powerValues\":\"ALL\",\"num\":5; EXHAUSTIVE",
                ",\"powerValues\":[128],\"num\":5,\"policy\":\"quick\"; QUICK",
                ",\"policy\":\"leader\"; LEADER"
            })
    void searchesUnlessSizesAndNumberAreBothAskedFor(String members, SearchPolicy policy) {
        String json = "{\"lambdaARN\":\"primes\"" + (members == null ? "" : members) + "}";
        assertThat(read(json).policy()).isEqualTo(policy);
    }

    @Test
    void readsLimits() {
        SearchLimits limits = read("""
                {"lambdaARN":"primes","maxDurationMs":300,"percentile":90,"maxCostPerMillion":2.5,"minSaving":0.05,
                 "maxInvocations":200,"maxSpend":0.01,"useLogs":true}""").limits();
        assertThat(limits).isEqualTo(new SearchLimits(300.0, 90, 2.5, 0.05, 200, 0.01, true));
    }

    @Test
    void readsPricing() {
        Pricing pricing = read("""
                {"lambdaARN":"primes","priceOverride":{"perGbSecond":0.00001,"perMillionRequests":0},
                 "coldStartShare":0.01,"callsPerMonth":3000000,"provisionedConcurrency":2}""").pricing();
        assertThat(pricing)
                .isEqualTo(new Pricing(
                        new PriceOverride(new BigDecimal("0.00001"), BigDecimal.ZERO),
                        new BigDecimal("0.01"),
                        false,
                        3_000_000L,
                        2));
        assertThat(read("{\"lambdaARN\":\"primes\",\"coldStartShare\":\"logs\"}")
                        .pricing())
                .isEqualTo(new Pricing(null, null, true, null, 0));
        assertThat(read("{\"lambdaARN\":\"primes\"}").pricing()).isEqualTo(Pricing.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"maxDurationMs\":300; COST",
                "\"maxCostPerMillion\":3; DURATION",
                "\"maxCostPerMillion\":3,\"maxDurationMs\":300; COST",
                "\"maxCostPerMillion\":3,\"strategy\":\"balanced\"; BALANCED"
            })
    void takesTheStrategyFromTheLimits(String members, Strategy strategy) {
        assertThat(read("{\"lambdaARN\":\"primes\"," + members + "}").strategy())
                .isEqualTo(strategy);
    }

    @Test
    void readsAllAsFortySixSizes() {
        assertThat(read("{\"lambdaARN\":\"primes\",\"powerValues\":\"ALL\"}").powerValues())
                .hasSize(46)
                .startsWith(128, 192)
                .endsWith(3008);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"128..512/128\"'; 128,256,384,512",
                "'\"128..500/128\"'; 128,256,384",
                "'\"128..256\"'; 128,192,256",
                "'\"128..128/64\"'; 128",
                "'[\"128..256/64\", 192, 1024, \"1024..2048/1024\"]'; 128,192,256,1024,2048"
            })
    void readsRangesOfSizes(String value, String sizes) {
        String json = "{\"lambdaARN\":\"primes\",\"powerValues\":" + value + "}";
        assertThat(read(json).powerValues())
                .containsExactlyElementsOf(
                        Stream.of(sizes.split(",")).map(Integer::valueOf).toList());
    }

    @Test
    void readsTheTermsOnWhichTheFunctionMayBeTreated() {
        assertThat(read("{\"lambdaARN\":\"primes\"}").terms()).isEqualTo(TargetTerms.NONE);
        TargetTerms terms = read("""
                {"lambdaARN":"primes","allowWeightedAlias":true,"allowUnreadyConcurrency":true,"allowCodeDeploy":true,
                 "allowDestinations":true,"asynchronous":true,"tenantId":"blue/1",
                 "assumeRoleArn":"arn:aws:iam::123456789012:role/team/memtune","waitForTurn":true}""").terms();
        assertThat(terms)
                .isEqualTo(new TargetTerms(
                        true, true, true, true, true, "blue/1", "arn:aws:iam::123456789012:role/team/memtune", true));
    }

    @Test
    void listsEveryProblemAtOnce() {
        List<Problem> problems = problems("""
                {"num":0,"powerValues":[64,512,512,"128"],"strategy":"cheap","balancedWeigth":1,"concurrency":-1,
                 "autoOptimize":true,"parallelInvocation":"yes","allowedExceptions":"ValueError"}""");
        assertThat(problems)
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "balancedWeigth",
                        "lambdaARN",
                        "powerValues[0]",
                        "powerValues[2]",
                        "powerValues[3]",
                        "num",
                        "strategy",
                        "concurrency",
                        "parallelInvocation",
                        "allowedExceptions");
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.rule()).isNotBlank();
            assertThat(problem.received()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Test
    void namesTheNearestKnownField() {
        assertThat(problems("{\"lambdaARN\":\"primes\",\"powervalue\":[128]}"))
                .singleElement()
                .extracting(Problem::remedy)
                .isEqualTo("Did you mean powerValues?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lambdaARN; \"a b\"",
                "num; 2.5",
                "num; 10001",
                "powerValues; 128",
                "balancedWeight; 1.5",
                "seed; -1",
                "policy; \"fast\"",
                "minSaving; 5",
                "maxSpend; 0",
                "maxDurationMs; \"300\"",
                "useLogs; 1",
                "percentile; 90",
                "num; \"5\"",
                "dryRun; \"yes\"",
                "onlyColdStarts; 1",
                "payloadS3; \"s3://bucket\"",
                "payloadS3; \"https://bucket/key\"",
                "sleepBetweenRunsMs; -1",
                "sleepBetweenRunsMs; 900001",
                "preProcessorARN; \"a b\"",
                "postProcessorARN; \"\"",
                "discardTopBottom; 0.5",
                "autoOptimizeAlias; \"12\"",
                "powerValues; \"64..128\"",
                "powerValues; \"256..128\"",
                "powerValues; \"128..3008/0\"",
                "powerValues; \"128..10240/1\"",
                "powerValues; \"all\"",
                "tenantId; \"\"",
                "assumeRoleArn; \"memtune\"",
                "allowWeightedAlias; 1",
                "autoOptimizeAlias; \"memtune-lease\""
            })
    void refusesSingleValues(String field, String value) {
        String json = field.equals("lambdaARN")
                ? "{\"lambdaARN\":" + value + "}"
                : "{\"lambdaARN\":\"primes\",\"" + field + "\":" + value + "}";
        assertThat(problems(json)).singleElement().extracting(Problem::field).isEqualTo(field);
    }

    @Test
    void refusesFewerInvocationsThanPayloads() {
        String json = "{\"lambdaARN\":\"primes\",\"num\":1,"
                + "\"payload\":[{\"payload\":1,\"weight\":1},{\"payload\":2,\"weight\":1}]}";
        assertThat(problems(json)).singleElement().extracting(Problem::field).isEqualTo("num");
    }

    @Test
    void refusesAWeightOfNothing() {
        String json = "{\"lambdaARN\":\"primes\",\"payload\":[{\"payload\":1,\"weight\":0}]}";
        assertThat(problems(json)).singleElement().extracting(Problem::field).isEqualTo("payload[0].weight");
    }

    @Test
    void neverShowsAWholePayload() {
        String json = "{\"lambdaARN\":\"primes\",\"num\":{\"secret\":\"hunter2\"}}";
        assertThat(problems(json).toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesAnythingButAnObject() {
        assertThat(problems("[1]")).singleElement().extracting(Problem::field).isEqualTo("input");
    }

    @Test
    void readsHowInvocationsAreMade() {
        Procedure procedure = read("""
                {"lambdaARN":"primes","payloadS3":"s3://my-bucket/a?b#c/d%20e.json","sleepBetweenRunsMs":250,
                 "preProcessorARN":"arn:aws:lambda:eu-central-1:123456789012:function:pre:live","postProcessorARN":"post",
                 "discardTopBottom":0}""").procedure();
        assertThat(procedure.payloadS3()).isEqualTo(new S3Location("my-bucket", "a?b#c/d%20e.json"));
        assertThat(procedure.sleepBetweenRunsMs()).isEqualTo(250);
        assertThat(procedure.preProcessor()).endsWith(":pre:live");
        assertThat(procedure.postProcessor()).isEqualTo("post");
        assertThat(procedure.trimmedShare()).isZero();
        assertThat(read("{\"lambdaARN\":\"primes\"}").procedure()).isEqualTo(Procedure.PLAIN);
        assertThat(Procedure.PLAIN.trimmedShare()).isEqualTo(0.2);
        assertThat(Json.read(Json.write(procedure), Procedure.class)).isEqualTo(procedure);
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPoint() {
        assertThat(read("{\"lambdaARN\":\"primes\",\"num\":7.0}").invocationCount())
                .isEqualTo(7);
    }

    @Test
    void aDryRunInvokesEachSizeOnce() {
        TuningInput input = read("{\"lambdaARN\":\"primes\",\"num\":50,\"dryRun\":true}");
        assertThat(input.invocationCount()).isEqualTo(1);
        assertThat(input.policy()).isEqualTo(SearchPolicy.EXHAUSTIVE);
        assertThat(problems("{\"lambdaARN\":\"primes\",\"policy\":\"quick\",\"dryRun\":true}"))
                .singleElement()
                .extracting(Problem::field)
                .isEqualTo("policy");
    }

    @Test
    void coldStartsNeedTwoSizesAndAreBounded() {
        String cold = "{\"lambdaARN\":\"primes\",\"onlyColdStarts\":true,";
        TuningInput usual = read(cold + "\"powerValues\":[128,512]}");
        assertThat(usual.policy()).isEqualTo(SearchPolicy.EXHAUSTIVE);
        assertThat(usual.invocationCount()).isEqualTo(20);
        assertThat(usual.procedure().trimmedShare()).isZero();
        assertThat(problems(cold + "\"powerValues\":[512]}"))
                .singleElement()
                .extracting(Problem::field)
                .isEqualTo("powerValues");
        assertThat(problems(cold + "\"powerValues\":\"ALL\",\"num\":22}"))
                .singleElement()
                .extracting(Problem::field)
                .isEqualTo("num");
    }

    private static List<NamedPayload> fetched(String object, String members) {
        TuningInput input = read("{\"lambdaARN\":\"primes\",\"payloadS3\":\"s3://bucket/key\"" + members + "}");
        return TuningInputReader.withObject(input, object.getBytes(StandardCharsets.UTF_8))
                .payloads();
    }

    @Test
    void takesAnObjectForOneEventOrForWeightedOnesOrForAText() {
        assertThat(fetched("{\"n\":1}", "")).singleElement().satisfies(event -> assertThat(event.payload())
                .hasToString("{\"n\":1}"));
        assertThat(fetched("[{\"payload\":1,\"weight\":2},{\"payload\":2,\"weight\":1,\"name\":\"b\"}]", ""))
                .extracting(NamedPayload::name)
                .containsExactly("payloadS3[0]", "b");
        assertThat(fetched("plain words", "")).singleElement().satisfies(event -> assertThat(event.payload())
                .hasToString("\"plain words\""));
    }

    @Test
    void refusesAnObjectOfMoreEventsThanInvocationsOrOfTooLargeOnes() {
        String two = "[{\"payload\":1,\"weight\":2},{\"payload\":2,\"weight\":1}]";
        assertThat(catchThrowableOfType(BadInput.class, () -> fetched(two, ",\"num\":1")))
                .hasMessageContaining("num");
        String large = "\"" + "x".repeat(PayloadReader.EVENT_MAX_BYTES) + "\"";
        assertThat(catchThrowableOfType(BadInput.class, () -> fetched(large, "")))
                .hasMessageContaining("6 MB")
                .hasMessageNotContaining("xxxx");
    }
}
