package io.docrows.inspect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom within this module. */
@AnalyzeClasses(packages = "io.docrows.inspect", importOptions = ArchitectureTest.MainClasses.class)
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
            .because("facts are below what measures them, and what measures is below what concludes");

    @ArchTest
    static final ArchRule whatIsKeptKnowsNothingInternal = noClasses()
            .that()
            .resideInAnyPackage("io.docrows.inspect.fact..", "io.docrows.inspect.proposal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.docrows.inspect.internal..", "io.docrows.internal..")
            .because("facts and proposals are API; they are made by what is internal, and do not know it");

    @ArchTest
    static final ArchRule anInspectionKnowsNoTarget = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jooq..", "io.docrows.cli..", "io.docrows.embedded..")
            .because("a source is looked at before there is a target");
}
