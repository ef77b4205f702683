package io.docrows.runner;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which modules may know which: all that ends up in the one jar. */
@AnalyzeClasses(packages = "io.docrows", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {

    /** Wherever the build puts the classes of tests. */
    static final class MainClasses implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("io.(**)")
            .should()
            .beFreeOfCycles()
            // jOOQ generates several packages from one schema, and they know each other.
            .ignoreDependency(resideInAPackage("..db.."), resideInAPackage("..db.."))
            .because("data flows one way; move the word that both packages need below them");

    @ArchTest
    static final ArchRule onlyTheExampleAndTheRunnerKnowTheGigs = noClasses()
            .that()
            .resideOutsideOfPackages("io.docrows.gigs..", "io.docrows.runner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.docrows.gigs..", "io.docrows.runner..")
            .because("library and command line serve any pipeline; offer it by a PipelineProvider");

    @ArchTest
    static final ArchRule theLibraryKnowsNoCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages("io.docrows.cli..", "io.docrows.runner..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.docrows.cli..")
            .because("a service that embeds the library has no use for it");
}
