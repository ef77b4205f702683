package io.docrows.cli.command;

import io.docrows.ConnectedPipeline;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.output.VerifyOutput;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.VerifyOptions;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verify}: proves that source and target are equal, or says where they are not. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares every document with its row and its rows in join tables, column by column, and every row with"
                    + " its document. Writes nothing but temporary tables: a role that may read and create those is"
                    + " enough.",
            "Exits with 0 only if both sides are equal. A rejected document is not in the target, so it counts as a"
                    + " difference, even if it is kept in docrows.reject; --accept-rejects accepts such documents if the"
                    + " kept bytes are those in the source."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl verify --source dump/shop --target embedded",
            "  ./etl verify --collections users --samples 100 --output json",
            "  ./etl verify --ids 5f0c1c2e9d3b4a0017c0ffee --show-values"
        })
final class VerifyCommand extends ComparisonCommand<VerifyReport> {

    @Option(
            names = "--accept-rejects",
            description = "Accept rejected documents that docrows.reject contains with the same bytes as the source.")
    boolean acceptRejects;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many differences of each kind to list per collection (default: 10); all are counted.")
    int samples = 10;

    @Option(
            names = "--show-values",
            description =
                    "Also list the values that differ. They come from the documents: take care where the output goes.")
    boolean values;

    @Option(
            names = "--while-followed",
            description = "Compare while watch is running. What differs is compared again once the changes up to then"
                    + " are applied, up to three times; only what differs every time is reported.")
    boolean whileFollowed;

    VerifyCommand(Session session) {
        super(session);
    }

    @Override
    public void check() {
        super.check();
        options();
    }

    @Override
    VerifyReport compare(ConnectedPipeline pipeline, Cancellation cancellation) {
        return pipeline.verify(options(), cancellation);
    }

    @Override
    String text(VerifyReport report, String database) {
        return VerifyOutput.text(report, database, acceptRejects);
    }

    @Override
    Map<String, Object> json(VerifyReport report, String database, int exitCode) {
        return VerifyOutput.json(report, database, exitCode);
    }

    private VerifyOptions options() {
        return VerifyOptions.defaults()
                .collections(selection.collections())
                .ids(selection.ids())
                .samples(samples)
                .values(values)
                .whileFollowed(whileFollowed);
    }

    @Override
    int exitCode(VerifyReport report) {
        if (report.interrupted()) {
            return Interruption.EXIT_CODE;
        }
        boolean passes = acceptRejects ? report.isAccountedFor() : report.isEqual();
        return passes ? ExitCode.DONE : ExitCode.DIFFERENCES;
    }
}
