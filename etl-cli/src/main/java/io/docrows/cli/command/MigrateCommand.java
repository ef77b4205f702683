package io.docrows.cli.command;

import io.docrows.Docrows;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.schema.TargetSchema;
import io.docrows.cli.schema.TargetSchema.Migrated;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.run.RunOptions;
import io.docrows.text.ForeignText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate}: brings the schema to head. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Migrates the target's schema to the version that this build needs. Does nothing if it is up to date.",
            "A history table beside the mapped tables records which migrations were applied. A schema that is not"
                    + " empty and has no such table is not changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl migrate --target postgresql://etl@localhost/market",
            "  ./etl migrate --adopt --target postgresql://etl@localhost/market      tables that a DBA has created",
            "  ./etl migrate --forget nightly --target postgresql://etl@localhost/market",
            "  DB_URL_PSQL=postgresql://etl@localhost/market ./etl migrate"
        })
final class MigrateCommand extends SessionCommand {

    @Mixin
    TargetOption target = new TargetOption();

    @Option(
            names = "--adopt",
            description = "Take over tables that somebody else created with the same SQL: they are compared with the"
                    + " mappings, and recorded as migrated to the latest version. Indexes and rows that no mapping"
                    + " uses are not compared.")
    boolean adopt;

    @Option(
            names = "--forget",
            paramLabel = "PIPELINE",
            description = "Only delete the record of which tables a pipeline has filled and which rows belong to its"
                    + " documents: for a pipeline that no longer exists, was renamed, or has other collections now."
                    + " Other pipelines may delete rows of those tables then. Migrates nothing and deletes no row;"
                    + " ./etl status shows tables that several pipelines fill.")
    @Nullable String forget;

    @Mixin
    OutputOption output = new OutputOption();

    MigrateCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        try (TargetDatabase database = TargetDatabase.open(
                target.address(session()), RunOptions.defaults().writers() + Load.MORE_CONNECTIONS)) {
            if (forget != null) {
                return forget(database, forget);
            }
            int rebuilt = pipeline().pipeline().target(database.dataSource()).rebuildConstraints();
            TargetSchema schema = TargetSchema.of(pipeline(), database);
            Migrated migrated = adopt ? schema.adopt() : schema.migrate();
            if (json()) {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("target", database.description());
                object.put("from", migrated.from());
                object.put("to", migrated.to());
                object.put("applied", migrated.applied());
                object.put("adopted", migrated.adopted());
                object.put("rebuiltConstraints", rebuilt);
                object.put("exitCode", ExitCode.DONE);
                printJson(object);
                return ExitCode.DONE;
            }
            if (rebuilt > 0) {
                print("A bulk load was interrupted; " + Numbers.count(rebuilt, "constraint")
                        + " or indexes that it had dropped were rebuilt.\n");
            }
            if (migrated.adopted()) {
                print("The tables match the mappings; they were adopted as version " + migrated.to() + ".\n");
            } else if (migrated.applied() == 0) {
                print("The schema is at version " + migrated.to() + " already; nothing to do.\n");
            } else {
                print("The schema was migrated from version " + migrated.from() + " to " + migrated.to() + ": "
                        + Numbers.count(migrated.applied(), "migration") + " applied.\n");
            }
        }
        return ExitCode.DONE;
    }

    private int forget(TargetDatabase database, String pipeline) {
        if (adopt) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "--forget migrates nothing: leave --adopt out");
        }
        long forgotten = Docrows.forget(database.dataSource(), pipeline);
        if (json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("target", database.description());
            object.put("forgotten", pipeline);
            object.put("tables", forgotten);
            object.put("exitCode", ExitCode.DONE);
            printJson(object);
        } else {
            print("Forgot that the pipeline " + ForeignText.name(pipeline) + " has filled "
                    + Numbers.count(forgotten, "table") + ". Its rows, rejects and past runs stay.\n");
        }
        return ExitCode.DONE;
    }
}
