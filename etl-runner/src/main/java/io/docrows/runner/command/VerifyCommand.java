package io.docrows.runner.command;

import io.docrows.Cancellation;
import io.docrows.runner.connection.SourceAddress;
import io.docrows.runner.connection.Sources;
import io.docrows.runner.connection.TargetAddress;
import io.docrows.runner.connection.TargetDatabase;
import io.docrows.runner.output.VerifyOutput;
import io.docrows.runner.session.Interruption;
import io.docrows.runner.session.Session;
import io.docrows.source.DocumentSource;
import io.docrows.verify.VerifyOptions;
import io.docrows.verify.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: proves that source and target are equal, or says where they are not. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares every document with its row and its rows in join tables, column by column, and every row with its"
                    + " document. Writes nothing but temporary tables: a role that may read and make those is enough.",
            "Exits with 0 only if both sides are equal. A rejected document is not in the target, so it counts as a"
                    + " difference, also when it is kept in docrows.reject; --accept-rejects lets such documents pass,"
                    + " as long as they are kept there byte for byte as they are now."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl verify --source samples/gigs --target embedded",
            "  ./etl verify --collections users --samples 100 --output json",
            "  ./etl verify --ids 5f0c1c2e9d3b4a0017c0ffee --show-values"
        })
final class VerifyCommand extends SessionCommand {

    /** The one that compares, and one for a look at the schema. */
    private static final int CONNECTIONS = 2;

    @Mixin
    SourceOption source = new SourceOption();

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--accept-rejects",
            description = "Let rejected documents pass that docrows.reject holds as they are now.")
    boolean acceptRejects;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many differences of each kind and collection to list (default: 10); all are counted.")
    int samples = 10;

    @Option(
            names = "--show-values",
            description = "List the values that differ, too. They are the documents' own: mind where the output goes.")
    boolean values;

    @Mixin
    OutputOption output = new OutputOption();

    VerifyCommand(Session session) {
        super(session);
    }

    @Override
    boolean json() {
        return output.json();
    }

    @Override
    int execute() {
        Cancellation cancellation = new Cancellation();
        VerifyOptions options = VerifyOptions.defaults()
                .collections(selection.collections())
                .ids(selection.ids())
                .samples(samples)
                .values(values)
                .cancellation(cancellation);
        SourceAddress from = source.address(session());
        TargetAddress to = target.existing(session());
        try (DocumentSource documents = Sources.open(from);
                TargetDatabase database = TargetDatabase.open(to, CONNECTIONS);
                Interruption.Guard guard = session().interruption().during(cancellation)) {
            ShippedPipeline.schema(database).requireCurrent();
            VerifyReport report = ShippedPipeline.pipeline()
                    .source(documents)
                    .target(database.dataSource())
                    .verify(options);
            int exitCode = exitCode(report);
            if (json()) {
                printJson(VerifyOutput.json(report, database.description(), exitCode));
            } else {
                session().out().print(VerifyOutput.text(report, database.description()));
            }
            return exitCode;
        }
    }

    private int exitCode(VerifyReport report) {
        if (report.interrupted()) {
            return Interruption.EXIT_CODE;
        }
        boolean passes = acceptRejects ? report.isAccountedFor() : report.isEqual();
        return passes ? ExitCode.DONE : ExitCode.DIFFERENCES;
    }
}
