package io.docrows.cli.command;

import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.session.Session;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import picocli.CommandLine.Command;

/** {@code run}: brings the schema to head and loads every mapped collection. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Migrates the target's schema to the latest version, then loads every mapped collection.",
            "Continues an interrupted run. After a completed run, it reads everything again, or only what changed"
                    + " since then if a mapping or --watermark names the field with the date of the last change. It writes"
                    + " only what changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl run --source dump/shop --target embedded",
            "  ./etl run --source mongodb://localhost/market --target postgresql://etl@localhost/market",
            "  ./etl run --source dump:backup.archive.gz --target embedded:/var/tmp/pg --collections users --limit"
                    + " 1000",
            "  ./etl run --source mongodb://localhost/market --target embedded --deletes delete --max-deletes 2%%",
            "  ./etl run --source mongodb://localhost/market --target embedded --watermark updated --overlap 15m",
            "  ./etl run --ids 5f0c1c2e9d3b4a0017c0ffee,42,ann --output json"
        })
final class RunCommand extends LoadingCommand {

    RunCommand(Session session) {
        super(session);
    }

    @Override
    protected int connections(RunOptions options) {
        return options.writers() + Load.MORE_CONNECTIONS;
    }

    @Override
    protected RunReport load(
            SourceAddress from, DocumentSource documents, TargetDatabase database, Load load, RunOptions options) {
        return load.run(documents, database, migrates(), options);
    }
}
