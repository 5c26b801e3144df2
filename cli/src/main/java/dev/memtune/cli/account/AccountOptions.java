// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import dev.memtune.aws.Endpoint;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where functions are and as whom they are asked for: the options of AWS's own command, with the same meaning. */
public final class AccountOptions {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region. Default: the ARN's, AWS_REGION, or the profile's.")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Profile of ~/.aws/config and ~/.aws/credentials; comes before credentials in the environment.")
    private @Nullable String profile;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description =
                    "Asks every service there instead of at AWS. Default: AWS_ENDPOINT_URL_ and the service's name, such"
                            + " as AWS_ENDPOINT_URL_LAMBDA; AWS_ENDPOINT_URL; or AWS.")
    private @Nullable String endpointUrl;

    @Option(
            names = "--role-arn",
            paramLabel = "ARN",
            description = "Assumes this role for every call, with the credentials found otherwise.")
    private @Nullable String roleArn;

    /** Whether any of them is given. */
    public boolean isGiven() {
        return region != null || profile != null || endpointUrl != null || roleArn != null;
    }

    /**
     * The endpoint that the options name, for whoever asks for no function.
     *
     * @throws BadInput with every problem of theirs
     */
    Endpoint endpoint() {
        return endpoint("", null);
    }

    /**
     * The endpoint that the options name.
     *
     * @param function its name or ARN; an ARN says the region
     * @param inputRoleArn the role that the input names, for whoever names none here; null for none
     * @throws BadInput with every problem of theirs
     */
    public Endpoint endpoint(String function, @Nullable String inputRoleArn) {
        String arnRegion =
                FunctionReference.parse(function).map(FunctionReference::region).orElse(null);
        List<Problem> problems = new ArrayList<>();
        require(problems, "--region", region, REGION, "Give one such as eu-central-1");
        require(problems, "--role-arn", roleArn, ROLE, "Give one such as arn:aws:iam::123456789012:role/memtune");
        URI url = url(problems);
        if (arnRegion != null && region != null && !arnRegion.equals(region)) {
            problems.add(new Problem("--region", "must be the ARN's, " + arnRegion, region, "Leave it out"));
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
        return new Endpoint.Account(
                region == null ? arnRegion : region, profile, url, roleArn == null ? inputRoleArn : roleArn);
    }

    private static void require(
            List<Problem> problems, String option, @Nullable String value, Pattern form, String remedy) {
        if (value != null && !form.matcher(value).matches()) {
            problems.add(new Problem(option, "must have the form that AWS gives it", value, remedy));
        }
    }

    private @Nullable URI url(List<Problem> problems) {
        if (endpointUrl == null) {
            return null;
        }
        try {
            URI url = URI.create(endpointUrl);
            if (List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Not even a URL: said below, as for a URL that is of no use.
        }
        problems.add(new Problem(
                "--endpoint-url", "must be a URL with http or https", endpointUrl, "Such as http://127.0.0.1:9001"));
        return null;
    }
}
