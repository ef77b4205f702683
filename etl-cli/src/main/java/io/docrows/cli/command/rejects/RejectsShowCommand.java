package io.docrows.cli.command.rejects;

import io.docrows.cli.command.SessionCommand;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.RejectsOutput;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.reject.Rejects;
import io.docrows.reject.StoredReject;
import io.docrows.run.RejectFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rejects show}: all that is known of one reject. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows everything about one rejected document. The document itself is shown only with --document, because"
                    + " it may contain data that should not be in a terminal or a log.",
            "It is printed as MongoDB Extended JSON, or as bytes if it is not well-formed BSON."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl rejects show 12 --target embedded",
            "  ./etl rejects show 12 --document --target embedded",
            "  ./etl rejects show 12 --document --output json"
        })
final class RejectsShowCommand extends SessionCommand {

    @Parameters(
            paramLabel = "NUMBER",
            arity = "1",
            description = "The reject's number, as shown by ./etl rejects list.")
    long number;

    @Option(names = "--document", description = "Show the document, with all its values.")
    boolean document;

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    OutputOption output = new OutputOption();

    RejectsShowCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        try (TargetDatabase database = TargetDatabase.open(target.existing(session()), 2)) {
            String pipeline = pipeline().name();
            Rejects rejects = Rejects.of(database.dataSource(), pipeline);
            List<StoredReject> found = rejects.list(RejectFilter.ALL.withNumbers(Set.of(number)), 1);
            if (found.isEmpty()) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "the pipeline " + pipeline + " has no reject " + number
                                + "; ./etl rejects list shows its rejects");
            }
            Optional<byte[]> bytes = document ? rejects.document(number) : Optional.empty();
            RejectsOutput printer = new RejectsOutput(pipeline, database.description());
            if (json()) {
                printJson(printer.showJson(found.get(0), bytes));
            } else {
                print(printer.show(found.get(0), bytes, target.again(session())));
            }
        }
        return ExitCode.DONE;
    }
}
