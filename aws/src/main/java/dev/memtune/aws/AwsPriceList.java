// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.PricingClientBuilder;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/**
 * Reads products and their terms from the AWS Price List API, which knows every region's prices and answers in three
 * regions only. Needs {@code pricing:GetProducts}.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html">GetProducts</a>
 */
public final class AwsPriceList implements AutoCloseable {
    private static final String FORMAT = "aws_v1";
    private static final int PAGE_SIZE = 100;
    private static final int MAX_PAGES = 300;
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final PricingClient pricing;

    private AwsPriceList(PricingClient pricing) {
        this.pricing = pricing;
    }

    /** A price list at an endpoint; no connection is made yet. */
    public static AwsPriceList of(Endpoint endpoint) {
        PricingClientBuilder builder = PricingClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER))
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        if (!(endpoint instanceof Endpoint.Loopback)) {
            builder.region(Region.US_EAST_1);
        }
        return new AwsPriceList(Access.to(endpoint).configure(builder).build());
    }

    /**
     * Returns all products of a service, each a JSON document.
     *
     * @param serviceCode such as {@code AWSLambda}
     * @throws IllegalStateException if the list cannot be read to its end, saying why
     */
    public List<String> products(String serviceCode) {
        List<String> products = new ArrayList<>();
        try {
            String token = null;
            for (int page = 0; page < MAX_PAGES; page++) {
                String from = token;
                GetProductsResponse answer = pricing.getProducts(request -> request.serviceCode(serviceCode)
                        .formatVersion(FORMAT)
                        .maxResults(PAGE_SIZE)
                        .nextToken(from));
                products.addAll(answer.priceList());
                token = answer.nextToken();
                if (token == null || token.isEmpty()) {
                    return products;
                }
            }
        } catch (SdkException e) {
            throw new IllegalStateException("the AWS Price List API does not answer: " + e.getMessage(), e);
        }
        throw new IllegalStateException(
                "the price list of " + serviceCode + " must end within " + MAX_PAGES + " pages, got more");
    }

    @Override
    public void close() {
        pricing.close();
    }
}
