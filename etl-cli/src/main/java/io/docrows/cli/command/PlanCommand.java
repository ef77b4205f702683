package io.docrows.cli.command;

import io.docrows.ConnectedPipeline;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.DeleteOptions;
import io.docrows.cli.option.IncrementOptions;
import io.docrows.cli.option.StrictOption;
import io.docrows.cli.output.DriftLines;
import io.docrows.cli.output.PlanOutput;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.report.PlanReport;
import io.docrows.run.Cancellation;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import java.util.Map;
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
            "Dry run: shows what ./etl run with the same options would do. Counts the documents that would be"
                    + " inserted, updated (by column), left unchanged, or rejected (by reason), and with --deletes the"
                    + " rows that would be deleted. Writes nothing but temporary tables and does not migrate: the schema"
                    + " must have the version that this build needs.",
            "Exits with 0 if nothing would change, with 1 otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl plan --source dump/shop --target embedded",
            "  ./etl plan --source mongodb://localhost/market --target postgresql://etl@localhost/market --output json",
            "  ./etl plan --collections orders --limit 1000"
        })
final class PlanCommand extends ComparisonCommand<PlanReport> {

    @Option(names = "--limit", paramLabel = "N", description = "Read at most N documents of each collection.")
    @Nullable Long limit;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description =
                    "The maximum number of documents per transaction of the run (default: 10000); it affects which of"
                            + " two documents comes first.")
    @Nullable Integer batchSize;

    @Mixin
    IncrementOptions increment = new IncrementOptions();

    @Mixin
    DeleteOptions deletes = new DeleteOptions();

    @Mixin
    StrictOption strict = new StrictOption();

    PlanCommand(Session session) {
        super(session);
    }

    @Override
    public void check() {
        super.check();
        options();
    }

    @Override
    PlanReport compare(ConnectedPipeline pipeline, Cancellation cancellation) {
        return pipeline.plan(PlanOptions.of(options()), cancellation);
    }

    @Override
    String text(PlanReport report, String database) {
        return PlanOutput.text(report, database) + (strict.fails(report.hasDrift()) ? DriftLines.strict() : "");
    }

    @Override
    Map<String, Object> json(PlanReport report, String database, int exitCode) {
        return PlanOutput.json(report, database, exitCode);
    }

    private RunOptions options() {
        RunOptions options =
                RunOptions.defaults().collections(selection.collections()).ids(selection.ids());
        if (limit != null) {
            options = options.limit(limit);
        }
        return deletes.in(increment.in(batchSize == null ? options : options.batch(batchSize, options.batchBytes())));
    }

    @Override
    int exitCode(PlanReport report) {
        if (report.interrupted()) {
            return Interruption.EXIT_CODE;
        }
        return strict.exitCode(report.changesNothing() ? ExitCode.DONE : ExitCode.CHANGES, report.hasDrift());
    }
}
