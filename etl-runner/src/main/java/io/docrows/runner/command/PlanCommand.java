package io.docrows.runner.command;

import io.docrows.Cancellation;
import io.docrows.RunOptions;
import io.docrows.plan.PlanReport;
import io.docrows.runner.connection.SourceAddress;
import io.docrows.runner.connection.Sources;
import io.docrows.runner.connection.TargetAddress;
import io.docrows.runner.connection.TargetDatabase;
import io.docrows.runner.output.PlanOutput;
import io.docrows.runner.session.Interruption;
import io.docrows.runner.session.Session;
import io.docrows.source.DocumentSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what ./etl run with the same options would do: how many documents would be inserted, updated (by"
                    + " column), left as they are, or rejected (by reason). Writes nothing but temporary tables, and"
                    + " does not migrate: the schema must be the one this build needs.",
            "Exits with 0 if nothing would change, with 1 otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl plan --source samples/gigs --target embedded",
            "  ./etl plan --source mongodb://localhost/market --target postgresql://etl@localhost/market --output json",
            "  ./etl plan --collections gigs --limit 1000"
        })
final class PlanCommand extends SessionCommand {

    /** The one that compares, and one for a look at the schema. */
    private static final int CONNECTIONS = 2;

    @Mixin
    SourceOption source = new SourceOption();

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(names = "--limit", paramLabel = "N", description = "Read at most N documents of each collection.")
    @Nullable Long limit;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "The most documents in one transaction of the run (default: 10000); it decides which of two"
                    + " documents comes first.")
    @Nullable Integer batchSize;

    @Mixin
    OutputOption output = new OutputOption();

    PlanCommand(Session session) {
        super(session);
    }

    @Override
    boolean json() {
        return output.json();
    }

    @Override
    int execute() {
        Cancellation cancellation = new Cancellation();
        RunOptions options = options().cancellation(cancellation);
        SourceAddress from = source.address(session());
        TargetAddress to = target.existing(session());
        try (DocumentSource documents = Sources.open(from);
                TargetDatabase database = TargetDatabase.open(to, CONNECTIONS);
                Interruption.Guard guard = session().interruption().during(cancellation)) {
            ShippedPipeline.schema(database).requireCurrent();
            PlanReport report = ShippedPipeline.pipeline()
                    .source(documents)
                    .target(database.dataSource())
                    .plan(options);
            int exitCode = exitCode(report);
            if (json()) {
                printJson(PlanOutput.json(report, database.description(), exitCode));
            } else {
                session().out().print(PlanOutput.text(report, database.description()));
            }
            return exitCode;
        }
    }

    private RunOptions options() {
        RunOptions options =
                RunOptions.defaults().collections(selection.collections()).ids(selection.ids());
        if (limit != null) {
            options = options.limit(limit);
        }
        return batchSize == null ? options : options.batch(batchSize, options.batchBytes());
    }

    private static int exitCode(PlanReport report) {
        if (report.interrupted()) {
            return Interruption.EXIT_CODE;
        }
        return report.changesNothing() ? ExitCode.DONE : ExitCode.CHANGES;
    }
}
