package io.docrows.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom where Spark is. */
@AnalyzeClasses(packages = "io.docrows.spark", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {

    /** Wherever the build puts the classes of tests. */
    static final class MainClasses implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }

    @ArchTest
    static final ArchRule onlyTheCommandKnowsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.docrows.spark.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.docrows.cli..")
            .because("a notebook or a service that loads on Spark has no command line");

    @ArchTest
    static final ArchRule nothingInternalIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.docrows.internal..", "io.docrows.source.internal..", "io.docrows.gigs..")
            .because("what a cluster needs of the library is said in io.docrows.cluster");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("io.docrows.(**)")
            .should()
            .beFreeOfCycles()
            .because("data flows one way; move the word that both packages need below them");
}
