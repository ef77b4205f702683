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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class RunCommand extends SessionCommand {

    @Mixin
    SourceOption source = new SourceOption();

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(names = "--limit", paramLabel = "N", description = "Read at most N documents of each collection.")
    @Nullable Long limit;

    @Mixin
    IncrementOptions increment = new IncrementOptions();

    @Mixin
    LoadOptions loading = new LoadOptions();

    @Mixin
    DeleteOptions deletes = new DeleteOptions();

    @Mixin
    StrictOption strict = new StrictOption();

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on standard error: bars in a terminal, log lines elsewhere (default: on).")
    boolean progress = true;

    @Mixin
    ReportOption page = new ReportOption();

    @Mixin
    MetricsOptions metrics = new MetricsOptions();

    @Mixin
    OutputOption output = new OutputOption();

    RunCommand(Session session) {
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
        RunOptions options = options();
        SourceAddress from = source.address(session());
        TargetAddress to = target.address(session());
        RunReport report;
        try (PublishedMetrics published = metrics.publish(session(), pipeline().name());
                DocumentSource documents = asked(open(from), options);
                TargetDatabase database = TargetDatabase.open(to, options.writers() + Load.MORE_CONNECTIONS)) {
            Load load = new Load(session(), pipeline(), log(), progress, attempt());
            report = page.around(
                    session(),
                    target.again(session()),
                    database,
                    published == null ? options : options.listener(published.listener()),
                    followed -> load.run(documents, database, loading.migrate(), followed));
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

    private RunOptions options() {
        RunOptions options = loading.in(
                RunOptions.defaults().collections(selection.collections()).ids(selection.ids()));
        if (limit != null) {
            options = options.limit(limit);
        }
        return deletes.in(increment.in(options));
    }
}
