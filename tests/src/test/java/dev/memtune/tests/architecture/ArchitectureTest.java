// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.memtune.core.failure.TuningFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final List<String> STEPS = List.of(
            "initializer",
            "publisher",
            "executor",
            "analyzer",
            "promoter",
            "cleaner",
            "recorder",
            "trigger",
            "intake",
            "provisioner");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/tests/target/") && !location.contains("-tests.jar"))
            .importPackages("dev.memtune");

    static Stream<String> steps() {
        return STEPS.stream();
    }

    @Test
    void onlyTheAwsModuleSeesTheSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.memtune.aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(MAIN);
    }

    @Test
    void coreKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.memtune.core..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.memtune..").and(not(resideInAnyPackage("dev.memtune.core.."))))
                .check(MAIN);
    }

    @Test
    void jacksonStaysInTheWirePackagesOfCore() {
        noClasses()
                .that()
                .resideInAPackage("dev.memtune.core..")
                .and(not(resideInAnyPackage("dev.memtune.core.wire..", "dev.memtune.core.logs..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.core..")
                .check(MAIN);
    }

    @Test
    void theEmbeddedHostKnowsNeitherStepsNorAdapters() {
        noClasses()
                .that()
                .resideInAPackage("dev.memtune.local..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.memtune..")
                        .and(not(resideInAnyPackage("dev.memtune.core..", "dev.memtune.local.."))))
                .check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepSeesNoOtherStep(String step) {
        String[] others = STEPS.stream()
                .filter(other -> !other.equals(step))
                .map(other -> "dev.memtune." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.memtune." + step + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepHasAHandlerThatOnlyWires(String step) {
        String stem = Character.toUpperCase(step.charAt(0)) + step.substring(1);
        classes()
                .that()
                .haveFullyQualifiedName("dev.memtune." + step + "." + stem + "Handler")
                .should()
                .implement("com.amazonaws.services.lambda.runtime.RequestStreamHandler")
                .check(MAIN);
    }

    @Test
    void timeAndChanceComeInThroughConstructors() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.memtune.core..", "dev.memtune.local.machine..", "dev.memtune.local.function..")
                .or()
                .resideInAnyPackage(
                        STEPS.stream().map(step -> "dev.memtune." + step + "..").toArray(String[]::new))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .check(MAIN);
    }

    @Test
    void theNamesOfFailuresArePublicApi() {
        assertThat(Arrays.stream(TuningFailure.class.getPermittedSubclasses()).map(Class::getName))
                .containsExactlyInAnyOrder(
                        "dev.memtune.core.failure.BadInput",
                        "dev.memtune.core.failure.Busy",
                        "dev.memtune.core.failure.Cancelled",
                        "dev.memtune.core.failure.Conflicted",
                        "dev.memtune.core.failure.Full",
                        "dev.memtune.core.failure.NotTunable",
                        "dev.memtune.core.failure.ProcessorFailed",
                        "dev.memtune.core.failure.Queued",
                        "dev.memtune.core.failure.Rejected",
                        "dev.memtune.core.failure.Undecided");
    }
}
