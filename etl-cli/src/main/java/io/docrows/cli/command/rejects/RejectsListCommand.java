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
import io.docrows.reject.RejectCount;
import io.docrows.reject.Rejects;
import io.docrows.run.RejectFilter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rejects list}: which documents are rejected, and why. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists rejected documents and counts them by reason. Shows each document's _id, and nothing else from it.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl rejects list --target embedded",
            "  ./etl rejects list --target embedded --collections orders --codes MISSING_REFERENCE --limit 100",
            "  ./etl rejects list --runs 7 --output json"
        })
final class RejectsListCommand extends SessionCommand {

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    RejectOptions which = new RejectOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "List at most N rejects, by number; all are counted (default: 20).")
    int limit = 20;

    @Mixin
    OutputOption output = new OutputOption();

    RejectsListCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        if (limit < 0) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "--limit must be 0 or more, not " + limit);
        }
        RejectFilter filter = which.filter();
        try (TargetDatabase database = TargetDatabase.open(target.existing(session()), 2)) {
            String pipeline = pipeline().name();
            Rejects rejects = Rejects.of(database.dataSource(), pipeline);
            List<RejectCount> counts = rejects.counts(filter);
            RejectPages pages = new RejectPages(rejects, filter, limit);
            RejectsOutput printer = new RejectsOutput(pipeline, database.description());
            if (json()) {
                printer.listJson(counts, pages, session().out()::print);
            } else {
                printer.list(counts, pages, target.again(session()), this::print);
            }
        }
        return ExitCode.DONE;
    }
}
