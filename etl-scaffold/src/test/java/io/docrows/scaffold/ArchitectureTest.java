package io.docrows.scaffold;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom within this module. */
@AnalyzeClasses(packages = "io.docrows.scaffold", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {

    /** Wherever the build puts the classes of tests. */
    static final class MainClasses implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }

    @ArchTest
    static final ArchRule whatIsChosenKnowsNothingInternal = noClasses()
            .that()
            .resideInAPackage("io.docrows.scaffold.choice..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.docrows.scaffold.internal..")
            .because("choices are API; they are made and used by what is internal, and do not know it");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("io.(**)")
            .should()
            .beFreeOfCycles()
            .because("choosing is below designing, and designing below writing");

    @ArchTest
    static final ArchRule aProjectIsWrittenWithoutATarget = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.docrows.cli..", "io.docrows.embedded..", "io.docrows.codegen..")
            .because("its own build and its own command line use those");
}
