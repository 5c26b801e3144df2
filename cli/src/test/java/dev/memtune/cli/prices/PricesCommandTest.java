// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.prices;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.aws.AwsPriceList;
import dev.memtune.aws.Endpoint;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands, and a refresh from answers in the form of the Price List API. */
class PricesCommandTest {
    private static final String INF = "Inf";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> lambdaProducts = new ArrayList<>();
    private boolean refuses;
    private HttpServer server;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Lambda's products one per page, Step Functions' on one. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + body);
        Map<String, Object> answer = new LinkedHashMap<>();
        if (refuses) {
            answer.put("__type", "AccessDeniedException");
            answer.put("message", "not authorized to perform pricing:GetProducts");
        } else if (body.contains("AmazonStates")) {
            answer.put("PriceList", List.of(transitions()));
        } else {
            String token = Json.tree(body.getBytes(StandardCharsets.UTF_8))
                    .path("NextToken")
                    .asText("0");
            int page = Integer.parseInt(token);
            answer.put("PriceList", lambdaProducts.subList(page, Math.min(page + 1, lambdaProducts.size())));
            if (page + 1 < lambdaProducts.size()) {
                answer.put("NextToken", String.valueOf(page + 1));
            }
        }
        byte[] bytes = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(refuses ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String product(String region, String location, String group, String... tiers) {
        StringBuilder dimensions = new StringBuilder();
        for (int i = 0; i < tiers.length; i += 3) {
            dimensions.append(i == 0 ? "" : ",").append("""
                            "d%d":{"unit":"Lambda-GB-Second","beginRange":"%s","endRange":"%s","pricePerUnit":{"USD":"%s"}}""".formatted(i, tiers[i], tiers[i + 1], tiers[i + 2]));
        }
        return """
        {"product":{"sku":"S","productFamily":"Serverless","attributes":{"regionCode":"%s","location":"%s","group":"%s",\
        "servicecode":"AWSLambda","usagetype":"EUW2-Lambda-GB-Second"}},\
        "terms":{"OnDemand":{"t":{"priceDimensions":{%s}}}}}""".formatted(region, location, group, dimensions);
    }

    private static String transitions() {
        return product("eu-west-2", "EU (London)", "SFN-StateTransitions", "0", INF, "0.0000300000")
                .replace("AWSLambda", "AmazonStates")
                .replace("EUW2-Lambda-GB-Second", "EUW2-StateTransition");
    }

    private void listsLondon() {
        lambdaProducts.add(product("", "Any", "AWS-Lambda-Duration", "0", INF, "0.0000000000"));
        lambdaProducts.add(product(
                "eu-west-2",
                "EU (London)",
                "AWS-Lambda-Duration",
                "15000000000",
                INF,
                "0.0000100000",
                "0",
                "6000000000",
                "0.0000300000",
                "6000000000",
                "15000000000",
                "0.0000200000"));
        lambdaProducts.add(product("eu-west-2", "EU (London)", "AWS-Lambda-Requests", "0", INF, "0.0000009000"));
        lambdaProducts.add(product("eu-west-2", "EU (London)", "AWS-Lambda-Requests-ARM", "0", INF, "0.0000008000"));
        lambdaProducts.add(product("eu-west-2", "EU (London)", "AWS-Lambda-Edge-Requests", "0", INF, "0.0000007000"));
        lambdaProducts.add(product("eu-new-7", "EU (New)", "AWS-Lambda-Duration-ARM", "0", INF, "0.0000400000"));
        lambdaProducts.add(product("eu-new-7", "EU (New)", "AWS-Lambda-Duration-ARM", "0", INF, "0.0000500000"));
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        PricesCommand command = new PricesCommand(
                terminal,
                new Home(folder, folder),
                () -> AwsPriceList.of(new Endpoint.Loopback(uri, "us-east-1")),
                () -> Instant.parse("2026-11-21T12:00:00Z"));
        return new CommandLine(command).execute(arguments);
    }

    private PriceTable refreshed() throws IOException {
        listsLondon();
        assertThat(run("refresh")).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return PriceTableReader.read(Files.readAllBytes(folder.resolve("prices.json")));
    }

    @Test
    void takesTiersRequestsAndTransitionsOfARegion() throws IOException {
        Price london = refreshed().price("eu-west-2", Architecture.X86_64);

        assertThat(london.duration())
                .extracting(tier -> tier.rate().amount().toPlainString())
                .containsExactly("0.0000300000", "0.0000200000", "0.0000100000");
        assertThat(london.duration().get(1).upToGbSeconds()).isEqualByComparingTo("15000000000");
        assertThat(london.request().amount()).isEqualByComparingTo("0.0000009");
        assertThat(london.stateTransition().amount()).isEqualByComparingTo("0.00003");
        assertThat(london.request().source().date()).hasToString("2026-11-21");
        assertThat(requests).hasSize(8).allSatisfy(request -> assertThat(request)
                .startsWith("AWSPriceListService.GetProducts"));
    }

    @Test
    void keepsWhatIsNotListedAndTakesNoFreeTier() throws IOException {
        PriceTable before = PriceTableReader.bundled();
        PriceTable after = refreshed();

        assertThat(after.price("us-east-1", Architecture.X86_64))
                .isEqualTo(before.price("us-east-1", Architecture.X86_64));
        assertThat(after.price("eu-west-2", Architecture.ARM64).perGbSecond())
                .isEqualTo(before.price("eu-west-2", Architecture.ARM64).perGbSecond());
        assertThat(after.regions()).hasSize(before.regions().size() + 1);
    }

    @Test
    void beginsANewRegionWithEstimates() throws IOException {
        Price fresh = refreshed().price("eu-new-7", Architecture.ARM64);

        assertThat(fresh.perGbSecond().amount()).isEqualByComparingTo("0.00004");
        assertThat(fresh.perGbSecond().estimated()).isFalse();
        assertThat(fresh.request().estimated()).isTrue();
    }

    @Test
    void showsTheRefreshedRates() throws IOException {
        refreshed();
        out.reset();

        assertThat(run("--region", "eu-west-2")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("0.0000300000")
                .contains("2026-11-21");
    }

    @Test
    void writesAnotherFileThatNoCommandUses() {
        listsLondon();

        assertThat(run("refresh", "--output", folder.resolve("other.json").toString()))
                .isZero();

        assertThat(folder.resolve("other.json")).exists();
        assertThat(folder.resolve("prices.json")).doesNotExist();
    }

    @Test
    void leavesTheRatesWhenTheListRefuses() {
        refuses = true;

        assertThat(run("refresh")).isEqualTo(6);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("not authorized");
        assertThat(folder.resolve("prices.json")).doesNotExist();
    }
}
