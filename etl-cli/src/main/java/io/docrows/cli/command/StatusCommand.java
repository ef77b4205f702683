package io.docrows.cli.command;

import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.Status;
import io.docrows.cli.output.StatusJson;
import io.docrows.cli.output.StatusOutput;
import io.docrows.cli.session.Session;
import io.docrows.history.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: what was written down about past runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows past runs with their speed and progress, open rejects, pending references, constraints that a"
                        + " bulk load has dropped, and which run is active.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl status --target embedded",
            "  ./etl status --target postgresql://etl@localhost/market --runs 1 --output json"
        })
final class StatusCommand extends SessionCommand {

    @Mixin
    TargetOption target = new TargetOption();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many past runs to show, latest first (default: 10).")
    int runs = 10;

    @Mixin
    OutputOption output = new OutputOption();

    StatusCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        try (TargetDatabase database = TargetDatabase.open(target.existing(session()), 2)) {
            Status status = Status.of(database.description(), RunHistory.of(database.dataSource()), Math.max(runs, 0));
            if (json()) {
                printJson(StatusJson.of(status));
            } else {
                print(StatusOutput.text(status, runs));
            }
        }
        return ExitCode.DONE;
    }
}
