package io.docrows.cli.command.rejects;

import io.docrows.cli.command.SessionCommand;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.RejectsOutput;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.reject.Rejects;
import io.docrows.run.RejectFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rejects discard}: forgets rejected documents. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Deletes rejected documents from the target for good. Only the source still has them then; a later run"
                    + " that reads them there rejects them again.",
            "Needs to know which ones (or --all), and --yes. Without --yes it only says how many it would delete."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl rejects discard --target embedded --numbers 3,4 --yes",
            "  ./etl rejects discard --target embedded --codes INVALID_DOCUMENT --yes",
            "  ./etl rejects discard --target embedded --all --yes"
        })
final class RejectsDiscardCommand extends SessionCommand {

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    RejectOptions which = new RejectOptions();

    @Option(names = "--all", description = "All rejects of the pipeline.")
    boolean all;

    @Option(names = "--yes", description = "Delete them.")
    boolean yes;

    @Mixin
    OutputOption output = new OutputOption();

    RejectsDiscardCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        RejectFilter filter = which.filter();
        if (filter.equals(RejectFilter.ALL) != all) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    all
                            ? "--all means every reject; leave out the other options"
                            : "say which rejects to discard: --collections, --codes, --runs, --ids, --numbers or"
                                    + " --all");
        }
        try (TargetDatabase database = TargetDatabase.open(target.existing(session()), 2)) {
            String pipeline = pipeline().name();
            Rejects rejects = Rejects.of(database.dataSource(), pipeline);
            if (!yes) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        Numbers.count(rejects.count(filter), "reject")
                                + " would be deleted for good, with the documents;"
                                + " repeat the command with --yes, or save them first with ./etl rejects export");
            }
            long discarded = rejects.discard(filter);
            if (json()) {
                printJson(new RejectsOutput(pipeline, database.description()).discardJson(discarded));
            } else {
                session().out().println(Numbers.count(discarded, "reject") + " discarded.");
            }
        }
        return ExitCode.DONE;
    }
}
