package io.docrows;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Who may know whom within the library. */
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
    static final ArchRule theLibraryKnowsNoUserSchemaAndNoCommandLine = noClasses()
            .that()
            .resideInAPackage("io.docrows..")
            .and()
            .resideOutsideOfPackage("io.docrows.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.docrows.gigs..", "io.docrows.runner..", "io.docrows.embedded..")
            .because("a pipeline is built on the library; move what is special to a schema into the pipeline's module");

    @ArchTest
    static final ArchRule theLibraryBringsNoLoggingBackend = noClasses()
            .that()
            .resideInAPackage("io.docrows..")
            .and()
            .resideOutsideOfPackage("io.docrows.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "java.util.logging..", "org.apache.logging..")
            .because("the service that embeds the library chooses the backend; log through slf4j");

    @ArchTest
    static final ArchRule metricsAreOptional = noClasses()
            .that()
            .resideOutsideOfPackage("io.docrows.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.docrows.metrics..")
            .because("micrometer-core is an optional dependency; tell a RunListener, and let RunMetrics count");

    @ArchTest
    static final ArchRule theLibraryNeverEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage("io.docrows.embedded..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("only the command line may; throw a DocrowsException");

    @ArchTest
    static final ArchRule migrationsNeedNoJackson = noClasses()
            .should()
            .callMethod(FluentConfiguration.class, "configuration", Map.class)
            .orShould()
            .callMethod(FluentConfiguration.class, "configuration", Properties.class)
            .orShould()
            .callMethod(ClassicConfiguration.class, "configure", Map.class)
            .orShould()
            .callMethod(ClassicConfiguration.class, "configure", Properties.class)
            .because("Flyway reads a map with Jackson, which an embedder may not have; call the setter of the setting");

    @ArchTest
    static final ArchRule decodingKnowsNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.docrows.mapping..",
                    "io.docrows.source..",
                    "io.docrows.internal.bson..",
                    "io.docrows.internal.decode..",
                    "io.docrows.internal.value..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "io.docrows.internal.write..",
                    "io.docrows.internal.run..",
                    "io.docrows.internal.metadata..",
                    "io.docrows.internal.postgres..",
                    "io.docrows.internal.target..")
            .because("data flows one way: source, mapping, writer; a mapping is testable without a database");

    @ArchTest
    static final ArchRule theWriterKnowsNoSource = noClasses()
            .that()
            .resideInAPackage("io.docrows.internal.write..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.docrows.source..", "io.docrows.internal.run..")
            .orShould()
            .dependOnClassesThat(resideInAPackage("io.docrows.internal.metadata..")
                    .and(DescribedPredicate.not(simpleNameEndingWith("Statements"))))
            .because("a batch is written the same way wherever it came from; let the run bring both together");

    @ArchTest
    static final ArchRule theSchemaDocrowsHasOneOwner = noClasses()
            .that()
            .resideOutsideOfPackages("io.docrows.internal.metadata", "io.docrows.internal.db..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.docrows.internal.db..")
            .because("what the library's own tables are asked and told is said in internal.metadata alone");

    @ArchTest
    static final ArchRule nothingDependsOnTheFacade = noClasses()
            .that()
            .resideOutsideOfPackages("io.docrows", "io.docrows.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.docrows")
            .because("the facade stands on top; words that several packages share belong to error, report or run");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("io.(**)")
            .should()
            .beFreeOfCycles()
            // jOOQ generates several packages from one schema, and they know each other.
            .ignoreDependency(resideInAPackage("..db.."), resideInAPackage("..db.."))
            .because("data flows one way; move the word that both packages need below them");

    @ArchTest
    static final ArchRule thePublicFaceShowsNoInternalType = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackages("io.docrows..internal..", "io.docrows.embedded..")
            .should(new ShowNoInternalType())
            .because(
                    "what is public is kept; hand it to the packages that need it by MappingAccess, or behind the facade");
}
