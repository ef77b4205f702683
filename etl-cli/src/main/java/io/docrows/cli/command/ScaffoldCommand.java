package io.docrows.cli.command;

import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.SourceOption;
import io.docrows.cli.output.ScaffoldOutput;
import io.docrows.cli.schema.SchemaOfOthers;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.inspect.InspectOptions;
import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.ExistingSchema;
import io.docrows.scaffold.ProjectDirectory;
import io.docrows.scaffold.Scaffold;
import io.docrows.scaffold.choice.ProjectName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scaffold}: a project for what is in a source. */
@Command(
        name = "scaffold",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads every document of a source and writes a project that loads them: migrations, mappings, a test and a"
                    + " command line of its own. It compiles as it is, loads that very data without a reject, and verifies"
                    + " equal.",
            "What each field becomes, and why, is in its choices.yaml: change it, and scaffold again with --choices. Files"
                    + " that you have edited are never overwritten."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl scaffold --source dump/shop --into shop",
            "  ./etl scaffold --source dump/shop --into shop --package com.acme.shop",
            "  ./etl scaffold --source dump/shop --into shop --choices shop/choices.yaml",
            "  ./etl scaffold --source dump/shop --into shop --schema postgresql://localhost/shop"
        })
final class ScaffoldCommand extends SessionCommand {

    @Mixin
    SourceOption source = new SourceOption();

    @Option(
            names = "--into",
            paramLabel = "DIR",
            required = true,
            description = "The directory of the project: a new one, or that of a project that was scaffolded before.")
    @Nullable Path into;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description = "The Java package (default: com.example and the name of the directory).")
    @Nullable String packageName;

    @Option(
            names = "--choices",
            paramLabel = "FILE",
            description = "What becomes of each field: a choices.yaml that was written before, with your changes.")
    @Nullable Path choices;

    @Option(
            names = "--schema",
            paramLabel = "URI|DIR",
            description = {
                "Map into existing tables: those of a database, postgresql://USER:PASSWORD@HOST/DATABASE, or those that"
                        + " the migrations in a directory create. A password can also come from PGPASSWORD or PGPASSFILE."
                        + " What fits by name and type is mapped; choices.yaml"
                        + " says why the rest is not."
            })
    @Nullable String schema;

    @Option(
            names = "--collections",
            paramLabel = "NAME",
            split = ",",
            description = "Only these collections; separated by commas, repeatable.")
    List<String> collections = new ArrayList<>();

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on standard error: bars in a terminal, log lines elsewhere (default: on).")
    boolean progress = true;

    ScaffoldCommand(Session session) {
        super(session);
    }

    @Override
    public void check() {
        super.check();
        if (schema != null) {
            SchemaOfOthers.check(schema, session());
        }
        if (into != null) {
            name();
            ProjectDirectory project = ProjectDirectory.of(directory());
            if (choices == null) {
                project.checkThatNothingIsChosen();
            }
        }
    }

    private Path directory() {
        // Picocli sees to it that there is one, but for a file of settings, which is checked without.
        return session()
                .directory()
                .resolve(Objects.requireNonNull(into, "--into"))
                .normalize();
    }

    private ProjectName name() {
        try {
            ProjectName name = ProjectName.of(directory());
            return packageName == null ? name : name.inPackage(packageName);
        } catch (IllegalArgumentException e) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "--package: " + e.getMessage(), e);
        }
    }

    @Override
    protected int execute() {
        ProjectDirectory project = ProjectDirectory.of(directory());
        Optional<ExistingSchema> existing =
                Optional.ofNullable(schema).map(place -> SchemaOfOthers.read(place, session()));
        Optional<Inspection> found = inspect();
        if (found.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        Scaffold scaffold = existing.map(tables -> Scaffold.into(found.get(), name(), tables))
                .orElseGet(() -> Scaffold.of(found.get(), name()));
        if (choices != null) {
            scaffold = scaffold.with(session().directory().resolve(choices));
        }
        ProjectDirectory.Written written = project.write(scaffold.files(), choices != null);
        print(ScaffoldOutput.of(
                scaffold.choices(),
                found.get(),
                written,
                Objects.requireNonNull(into, "--into"),
                source.address(session()),
                session().directory(),
                Optional.ofNullable(schema).flatMap(place -> SchemaOfOthers.target(place, session()))));
        return ExitCode.DONE;
    }

    private Optional<Inspection> inspect() {
        Set<String> names = new LinkedHashSet<>();
        collections.forEach(name -> names.add(name.strip()));
        return new SourceInspection(session(), log(), progress)
                .of(open(source.address(session())), InspectOptions.defaults().collections(names));
    }
}
