package io.docrows.cli.command.rejects;

import io.docrows.cli.command.Load;
import io.docrows.cli.command.SessionCommand;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.session.Session;
import io.docrows.report.RunReport;
import io.docrows.run.RejectFilter;
import io.docrows.run.RetryOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rejects retry}: loads rejected documents again. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loads rejected documents again, with the bytes that were rejected, after you fixed the mapping or the"
                    + " schema, or when the documents they refer to have arrived. Those that load are removed from the"
                    + " rejects. Needs no source.",
            "If you fixed a document in the source, use ./etl run instead.",
            "Migrates the schema first, and prints the same summary and ends with the same exit codes as ./etl run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl rejects retry --target embedded",
            "  ./etl rejects retry --target embedded --codes MISSING_REFERENCE,CONSTRAINT_VIOLATION"
        })
final class RejectsRetryCommand extends SessionCommand {

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    RejectOptions which = new RejectOptions();

    @Option(
            names = "--no-migrate",
            description =
                    "Do not migrate the schema, and do not read the history of migrations; fail if the tables do not"
                            + " match the mappings.")
    boolean noMigrate;

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on standard error: bars in a terminal, log lines elsewhere (default: on).")
    boolean progress = true;

    @Mixin
    OutputOption output = new OutputOption();

    RejectsRetryCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        RejectFilter filter = which.filter();
        RetryOptions options = RetryOptions.defaults();
        RunReport report;
        try (TargetDatabase database =
                TargetDatabase.open(target.existing(session()), options.writers() + Load.MORE_CONNECTIONS)) {
            report = new Load(session(), pipeline(), log(), progress, attempt())
                    .retry(filter, database, !noMigrate, options);
        }
        int exitCode = ExitCode.of(report);
        print(report, exitCode);
        return exitCode;
    }
}
