package io.docrows.cli.command;

import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.metrics.PublishedMetrics;
import io.docrows.cli.option.DeleteOptions;
import io.docrows.cli.option.IncrementOptions;
import io.docrows.cli.option.LoadOptions;
import io.docrows.cli.option.MetricsOptions;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.ReportOption;
import io.docrows.cli.option.SelectionOptions;
import io.docrows.cli.option.SourceOption;
import io.docrows.cli.option.StrictOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.DriftLines;
import io.docrows.cli.session.Session;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the schema to head and loads every mapped collection, in whichever way. */
public abstract class LoadingCommand extends SessionCommand {

    @Mixin
    private SourceOption source = new SourceOption();

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--limit", paramLabel = "N", description = "Read at most N documents of each collection.")
    private @Nullable Long limit;

    @Mixin
    private IncrementOptions increment = new IncrementOptions();

    @Mixin
    private LoadOptions loading = new LoadOptions();

    @Mixin
    private DeleteOptions deletes = new DeleteOptions();

    @Mixin
    private StrictOption strict = new StrictOption();

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on standard error: bars in a terminal, log lines elsewhere (default: on).")
    private boolean progress = true;

    @Mixin
    private ReportOption page = new ReportOption();

    @Mixin
    private MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    /**
     * A command.
     *
     * @param session what it takes from its process
     */
    protected LoadingCommand(Session session) {
        super(session);
    }

    /**
     * Loads.
     *
     * @param from where the documents are
     * @param documents the documents
     * @param database where the rows go
     * @param load migrates and follows
     * @param options what to load, and how
     * @return what the run did
     */
    protected abstract RunReport load(
            SourceAddress from, DocumentSource documents, TargetDatabase database, Load load, RunOptions options);

    /**
     * Refuses a source that cannot be loaded from, before it is opened. By default, any will do.
     *
     * @param from where the documents are
     */
    protected void requireReadable(SourceAddress from) {}

    /**
     * How many connections to the target this process may take.
     *
     * @param options what to load, and how
     * @return the number
     */
    protected abstract int connections(RunOptions options);

    /**
     * Whether the schema is brought to head before.
     *
     * @return true, unless it was asked not to be
     */
    protected final boolean migrates() {
        return loading.migrate();
    }

    /**
     * How many partitions to load in parallel, if that was said.
     *
     * @return the number; empty if it was left to the library
     */
    protected final OptionalInt writers() {
        return loading.writers();
    }

    @Override
    protected final boolean json() {
        return output.json();
    }

    @Override
    public void check() {
        super.check();
        options();
    }

    @Override
    protected final int execute() {
        RunOptions options = options();
        SourceAddress from = source.address(session());
        requireReadable(from);
        TargetAddress to = target.address(session());
        RunReport report;
        try (PublishedMetrics published = metrics.publish(session(), pipeline().name());
                DocumentSource documents = asked(open(from), options);
                TargetDatabase database = TargetDatabase.open(to, connections(options))) {
            Load load = new Load(session(), pipeline(), log(), progress, attempt());
            report = page.around(
                    session(),
                    target.again(session()),
                    database,
                    published == null ? options : options.listener(published.listener()),
                    followed -> load(from, documents, database, load, followed));
        }
        int exitCode = strict.exitCode(ExitCode.of(report), report.hasDrift());
        print(report, exitCode);
        if (strict.fails(report.hasDrift()) && !json()) {
            print(DriftLines.strict());
        }
        return exitCode;
    }

    /** The source is asked before anything is done to the target, which may not even be there yet. */
    private DocumentSource asked(DocumentSource source, RunOptions options) {
        try {
            pipeline().pipeline().source(source).checkSource(options.collections());
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * What to load, and how.
     *
     * @return what was given, and the defaults of the rest
     */
    protected final RunOptions options() {
        RunOptions options = loading.in(
                RunOptions.defaults().collections(selection.collections()).ids(selection.ids()));
        if (limit != null) {
            options = options.limit(limit);
        }
        return deletes.in(increment.in(options));
    }
}
