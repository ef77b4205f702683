package io.docrows.cli.command;

import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.metrics.PublishedMetrics;
import io.docrows.cli.option.LoadOptions;
import io.docrows.cli.option.MetricsOptions;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.SourceOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.Summary;
import io.docrows.cli.output.WatchOutput;
import io.docrows.cli.session.Session;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.RunReport;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.LostHistory;
import io.docrows.run.RunOptions;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code watch}: loads every mapped collection once, then applies changes. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loads every mapped collection once, then keeps the tables in step with the source: applies inserts, updates"
                    + " and deletes until it is interrupted, or has caught up.",
            "Continues where it stopped. Needs a MongoDB server that is a replica set or a sharded cluster: only those"
                    + " tell which documents were changed. Tried with the embedded server only, not yet with MongoDB."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl watch --source mongodb://localhost/market --target postgresql://etl@localhost/market",
            "  ./etl watch --source mongodb://localhost/market --target embedded --until-caught-up --output json"
        })
final class WatchCommand extends SessionCommand {

    @Mixin
    SourceOption source = new SourceOption();

    @Mixin
    TargetOption target = new TargetOption();

    @Option(
            names = "--until-caught-up",
            description = "Exit once all changes that were made before following began are applied.")
    boolean untilCaughtUp;

    @Option(
            names = "--on-lost-history",
            paramLabel = "WHAT",
            description =
                    "What to do when the source no longer has all changes since the last time: fail (exit code 3),"
                            + " or run: load everything again, with deletes, and follow from there (default: fail).")
    LostHistory lostHistory = LostHistory.FAIL;

    @Mixin
    LoadOptions loading = new LoadOptions();

    @Option(
            names = "--deletes",
            paramLabel = "WHAT",
            description = "What to do with the rows of a deleted document: ignore, delete, or mark (in the column that"
                    + " the mapping names) (default: delete).")
    DeleteMode deletes = DeleteMode.DELETE;

    @Option(
            names = "--max-deletes",
            paramLabel = "N|N%",
            description =
                    "Delete and mark nothing, where everything is loaded again, if more rows of any table are orphaned:"
                            + " a number, or a percentage of its rows (default: 10%%).")
    @Nullable String maxDeletes;

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on standard error: a line in a terminal, log lines elsewhere (default: on).")
    boolean progress = true;

    @Mixin
    MetricsOptions metrics = new MetricsOptions();

    @Mixin
    OutputOption output = new OutputOption();

    WatchCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    public void check() {
        super.check();
        options();
    }

    @Override
    protected int execute() {
        FollowOptions options = options();
        SourceAddress from = source.address(session());
        TargetAddress to = target.address(session());
        Watched watched = new Watched(attempt(), this::printLoaded);
        RunReport report;
        try (PublishedMetrics published = metrics.publish(session(), pipeline().name());
                DocumentSource documents = open(from)) {
            // Asked before anything is done to the target, which may not even be there yet.
            ChangeSource changing = ChangeSource.of(documents);
            pipeline().pipeline().source(changing).checkSource(Set.of());
            changing.changes(collections(), null).close();
            RunOptions load =
                    published == null ? options.load() : options.load().listener(published.listener());
            try (TargetDatabase database = TargetDatabase.open(to, load.writers() + Load.MORE_CONNECTIONS)) {
                report = new Load(session(), pipeline(), log(), progress, attempt())
                        .follow(
                                documents,
                                database,
                                loading.migrate(),
                                options.load(load)
                                        .listener(
                                                published == null
                                                        ? watched
                                                        : FollowListener.all(watched, published.following())));
            }
        }
        int exitCode = watched.exitCode(report);
        if (json()) {
            printJson(WatchOutput.json(report, watched.loaded(), watched.progress(), exitCode));
        } else {
            print(Summary.of(report, attempt()));
            print(WatchOutput.text(watched.progress()));
        }
        return exitCode;
    }

    private Set<String> collections() {
        return pipeline().pipeline().mappings().stream()
                .map(CollectionMapping::collection)
                .collect(Collectors.toSet());
    }

    /** Following may go on for months: what the load did is said now. */
    private void printLoaded(RunReport report) {
        if (!json()) {
            print(Summary.of(report, attempt()) + "\n");
            session().out().flush();
        }
    }

    private FollowOptions options() {
        RunOptions load = loading.in(RunOptions.defaults());
        if (maxDeletes != null) {
            load = load.maxDeletes(DeleteLimit.of(maxDeletes));
        }
        return FollowOptions.defaults()
                .load(load)
                .untilCaughtUp(untilCaughtUp)
                .lostHistory(lostHistory)
                .deletes(deletes);
    }
}
