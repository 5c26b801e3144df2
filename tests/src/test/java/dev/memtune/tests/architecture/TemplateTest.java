// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every resource of {@code template.yaml}, whatever it is deployed to. */
class TemplateTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern RESOURCE =
            Pattern.compile("(?ms)^  (\\w+):\\n    Type: (\\S+)\\n(.*?)(?=^  \\w|^\\w|\\z)");
    private static final Pattern ANY_RESOURCE = Pattern.compile("(?m)^ +Resource: \"\\*\"$");
    private static final Pattern TARGET = Pattern.compile("(?m)^build-(\\w+): \\$\\(STAMP\\)$");
    private static final String FUNCTION = "AWS::Serverless::Function";

    private static String template() throws IOException {
        return Files.readString(ROOT.resolve("template.yaml"));
    }

    /** The declarations of a type by logical id. */
    private static Map<String, String> declarations(String type) throws IOException {
        Map<String, String> found = new TreeMap<>();
        RESOURCE.matcher(template())
                .results()
                .filter(resource -> resource.group(2).equals(type))
                .forEach(resource -> found.put(resource.group(1), resource.group(3)));
        return found;
    }

    @Test
    void everyFunctionHasItsBuildTarget() throws IOException {
        List<String> targets = TARGET.matcher(Files.readString(ROOT.resolve("Makefile")))
                .results()
                .map(target -> target.group(1))
                .toList();
        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(declarations(FUNCTION).keySet());
    }

    /** By these outputs. */
    @Test
    void tellsTheCommandLineWhereUploadsAre() throws IOException {
        assertThat(template())
                .contains("  UploadBucketName:\n    Condition: HasUploads\n")
                .contains("  RegistryTableName:\n    Condition: HasUploads\n");
    }

    @Test
    void everyFunctionAndStateMachineHasALogGroupWithRetention() throws IOException {
        Map<String, String> groups = declarations("AWS::Logs::LogGroup");
        assertThat(groups.values()).allMatch(group -> group.contains("RetentionInDays: !Ref LogRetentionDays"));
        declarations(FUNCTION).forEach((id, function) -> {
            String group = id.replace("Function", "Logs");
            assertThat(function).contains("LogGroup: !Ref " + group);
            assertThat(groups).containsKey(group);
        });
        assertThat(declarations("AWS::Serverless::StateMachine").values())
                .allMatch(machine -> machine.contains("Logging: "));
    }

    @Test
    void everyRoleHasTheBoundary() throws IOException {
        assertThat(declarations("AWS::IAM::Role").values())
                .isNotEmpty()
                .allMatch(role -> role.contains("PermissionsBoundary: !If [HasBoundary,"));
        assertThat(declarations(FUNCTION).values()).allMatch(function -> function.contains("      Role: !GetAtt "));
    }

    @Test
    void deletesVersionsOnly() throws IOException {
        String cleaner = declarations("AWS::IAM::Role").getOrDefault("CleanerRole", "");
        String statement = cleaner.substring(cleaner.indexOf("lambda:DeleteFunction\n"));
        assertThat(statement.lines().skip(1).findFirst().orElse("").strip()).isEqualTo("Resource: *targetVersions");
        declarations("AWS::IAM::Role").forEach((id, role) -> assertThat(role.contains("lambda:DeleteFunction\n"))
                .as(id)
                .isEqualTo(List.of("CleanerRole", "AlgorithmStackRole").contains(id)));
        assertThat(template()).contains("Resource: &targetVersions", ":function:${TargetNamePrefix}*:*\"");
    }

    /** What nobody can deal with neither holds others up nor is tried for ever. */
    @Test
    void boundsHowOftenAChangeOrANoticeIsTried() throws IOException {
        for (String id : List.of("TriggerFunction", "ProvisionerFunction")) {
            String function = declarations(FUNCTION).getOrDefault(id, "");
            assertThat(function.substring(function.indexOf("Type: DynamoDB")))
                    .as(id)
                    .containsPattern("Filters:\\n +(#.*\\n +)?- Pattern: '\\{")
                    .contains("FunctionResponseTypes: [ReportBatchItemFailures]", "BisectBatchOnFunctionError: true")
                    .contains("MaximumRetryAttempts: 10\n", "MaximumRecordAgeInSeconds: 21600\n")
                    .containsPattern("OnFailure:\\n +Type: SQS\\n +Destination: !GetAtt UndeliveredQueue.Arn");
        }
        for (String id : List.of("UploadQueue", "LookQueue")) {
            assertThat(declarations("AWS::SQS::Queue").getOrDefault(id, ""))
                    .as(id)
                    .containsPattern("deadLetterTargetArn: !GetAtt \\w+Queue.Arn\\n +maxReceiveCount: 5\\n");
        }
    }

    /** Roles of other accounts, and other functions, only where a parameter names them. */
    @Test
    void assumesRolesAndInvokesProcessorsOnlyWhereAParameterNamesThem() throws IOException {
        assertThat(template())
                .contains("- &assumableRoles !If\n              - HasAssumableRoles\n")
                .contains("Action: sts:AssumeRole\n                Resource: !Split [\",\", !Ref AssumableRoleArns]")
                .contains("- !If\n              - HasProcessors\n              - Sid: InvokeProcessors\n")
                .contains("Resource: !Split [\",\", !Ref ProcessorFunctionArns]");
        declarations("AWS::IAM::Role").forEach((id, role) -> {
            boolean asksAboutFunctions = !List.of(
                            "AnalyzerRole",
                            "RecorderRole",
                            "IntakeRole",
                            "UploadFormRole",
                            "TriggerRole",
                            "ProvisionerRole",
                            "AlgorithmStackRole")
                    .contains(id);
            assertThat(role.contains("assumableRoles")).as(id).isEqualTo(asksAboutFunctions);
            assertThat(role.contains("Action: lambda:InvokeFunction\n")).as(id).isEqualTo(id.equals("ExecutorRole"));
        });
    }

    /** What uploads may lead to ends at the boundary, the path and the prefix of algorithms. */
    @Test
    void makesRolesOfAlgorithmsOnlyAndOnlyWithinTheirBoundary() throws IOException {
        String role = declarations("AWS::IAM::Role").getOrDefault("AlgorithmStackRole", "");
        String roles = role.substring(role.indexOf("Sid: BoundedRoles"), role.indexOf("Sid: Roles"));
        assertThat(roles)
                .contains("iam:CreateRole", "iam:PutRolePolicy", ":role/${AWS::StackName}-fn/*")
                .contains("iam:PermissionsBoundary: *algorithmBoundary");
        assertThat(role).doesNotContain("iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:*");
        assertThat(template().split("iam:CreateRole", -1)).hasSize(2);
    }

    /** Their names are not known before they are made, only how they end; nothing in them is read, and nothing made public. */
    @Test
    void makesBucketsForResultsAndChangesNoOthers() throws IOException {
        String role = declarations("AWS::IAM::Role").getOrDefault("AlgorithmStackRole", "");
        String buckets = role.substring(role.indexOf("Sid: ResultBuckets"), role.indexOf("Sid: Logs"));
        assertThat(buckets)
                .contains("s3:CreateBucket\n", "Resource: !Sub \"arn:${AWS::Partition}:s3:::*-memtuneresults-*\"\n")
                .doesNotContain("s3:GetObject", "s3:DeleteObject", "s3:PutBucketPolicy", "s3:PutBucketAcl");
        assertThat(declarations("AWS::IAM::ManagedPolicy").getOrDefault("AlgorithmBoundary", ""))
                .contains(
                        "Action: s3:PutObject\n            Resource: !Sub \"arn:${AWS::Partition}:s3:::*-memtuneresults-*\"");
    }

    /** A form has the rights of the role that signs it: one action on the keys of uploads. */
    @Test
    void signsFormsForUploadsOnlyAndForWhomIamAllows() throws IOException {
        String role = declarations("AWS::IAM::Role").getOrDefault("UploadFormRole", "");
        assertThat(role.lines().map(String::strip).filter(line -> line.startsWith("- Sid: ")))
                .containsExactly("- Sid: Upload", "- Sid: WriteLogs");
        assertThat(role)
                .contains("Action: s3:PutObject\n              Resource: !Sub \"${UploadBucket.Arn}/uploads/*\"\n");
        assertThat(declarations("AWS::ApiGatewayV2::Route").values())
                .singleElement()
                .asString()
                .contains("AuthorizationType: AWS_IAM\n");
        assertThat(declarations("AWS::ApiGatewayV2::Stage").values())
                .singleElement()
                .asString()
                .contains("ThrottlingRateLimit: ", "DestinationArn: !GetAtt UploadFormApiLogs.Arn");
        assertThat(template()).contains("HasUploadApi: !And [!Condition HasUploads,");
    }

    /** AWS has no narrower resource for limits of the account, event source mappings (twice), traces and log delivery. */
    @Test
    void namesEveryResourceThatCanBeNamed() throws IOException {
        assertThat(ANY_RESOURCE.matcher(template()).results().count()).isEqualTo(4);
        assertThat(template()).doesNotContain("lambda:*", "dynamodb:*", "logs:*", "AWSLambdaExecute", "FullAccess");
    }
}
