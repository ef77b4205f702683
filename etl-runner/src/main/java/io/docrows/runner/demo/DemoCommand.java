package io.docrows.runner.demo;

import io.docrows.cli.command.Load;
import io.docrows.cli.command.SessionCommand;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.Summary;
import io.docrows.cli.session.Session;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.io.PrintStream;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the whole way on embedded servers. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loads sample documents from an embedded MongoDB-compatible server into an embedded PostgreSQL, and shows"
                    + " the result. Needs no options, no server and no Docker.",
            "The PostgreSQL keeps its data in " + TargetAddress.DEFAULT_DIRECTORY
                    + " under the current directory; delete that directory to start over."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./etl demo", "  ./etl demo --stay      then connect with psql while it waits"})
public final class DemoCommand extends SessionCommand {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

    @Option(names = "--stay", description = "Keep PostgreSQL running until Ctrl-C, and print how to connect to it.")
    boolean stay;

    /**
     * The command.
     *
     * @param session what it takes from its process
     */
    public DemoCommand(Session session) {
        super(session);
    }

    @Override
    protected int execute() {
        TargetAddress.Embedded place =
                new TargetAddress.Embedded(session().directory().resolve(TargetAddress.DEFAULT_DIRECTORY));
        PrintStream out = session().out();
        out.println("Docrows demo: MongoDB documents become PostgreSQL rows.");
        out.flush();
        try (DocumentSource documents = SampleServer.open();
                TargetDatabase database =
                        TargetDatabase.open(place, RunOptions.defaults().writers() + Load.MORE_CONNECTIONS)) {
            RunReport report = new Load(session(), pipeline(), log(), true, attempt())
                    .run(documents, database, true, RunOptions.defaults());
            int exitCode = ExitCode.of(report);
            out.println();
            out.print(Summary.of(report, attempt()));
            if (report.status() == RunReport.Status.COMPLETED) {
                explain(report);
                out.println();
                out.print(new DemoQueries(database.dataSource()).answers());
                next(place.directory(), database);
            }
            return exitCode;
        }
    }

    private void explain(RunReport report) {
        long unchanged = report.total().unchanged();
        if (unchanged > 0 && unchanged == report.total().read()) {
            session()
                    .out()
                    .println("\nEvery row existed already, so nothing was written: "
                            + Numbers.count(unchanged, "document") + " unchanged. Loading again is always safe.");
        }
    }

    private void next(Path directory, TargetDatabase database) {
        PrintStream out = session().out();
        out.println("""

            What to try next
              ./etl demo                       once more: every document is now unchanged
              ./etl tables --target embedded   the mapped tables, and how many rows they have
              ./etl status --target embedded   this run and those before it
              ./etl run --help                 your own MongoDB, dump and PostgreSQL\
            """);
        Path shown = session().directory().relativize(directory);
        if (!stay) {
            out.println("\nThis PostgreSQL stops with the command; its data stays in " + shown
                    + ". To look around in it" + "\nwith psql, keep it running: ./etl demo --stay");
            return;
        }
        out.println("\nPostgreSQL is running, with its data in " + shown + ". Connect from another terminal:\n  psql '"
                + database.embeddedUri().orElse("")
                + "'\nThe password is in the file at the end of this address, which only you can read.");
        out.flush();
        LOG.info("PostgreSQL runs until Ctrl-C");
        session().interruption().await();
    }
}
