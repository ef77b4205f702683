package io.docrows.cli.option;

import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.Failure;
import io.docrows.cli.output.BuildVersion;
import io.docrows.cli.report.HtmlReport;
import io.docrows.cli.report.RunFacts;
import io.docrows.cli.report.RunRecorder;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.history.RunHistory;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The report of a run as a page. */
public final class ReportOption implements SessionOption {

    private static final Logger LOG = LoggerFactory.getLogger(ReportOption.class);

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a web page about the run to this file, even if the run fails.")
    @Nullable Path file;

    /** No page, unless one is asked for. */
    public ReportOption() {}

    @Override
    public void check(Session session) {
        if (file != null) {
            page(session, file);
        }
    }

    private static HtmlReport page(Session session, Path file) {
        return new HtmlReport(session.directory().resolve(file));
    }

    /**
     * Runs, and writes the page if one is wanted.
     *
     * @param session what the command takes from its process
     * @param again what to write behind a command so that it means the same target
     * @param target the target
     * @param options the options of the run
     * @param run what runs
     * @return what the run did
     */
    public RunReport around(Session session, String again, TargetDatabase target, RunOptions options, Run run) {
        if (file == null) {
            return run.with(options);
        }
        HtmlReport page = page(session, file);
        RunRecorder recorder = new RunRecorder(System::nanoTime);
        try {
            RunReport report = run.with(options.listener(RunListener.all(options.listener(), recorder)));
            write(page, facts(report, "", target, again, options), recorder);
            return report;
        } catch (RunFailedException e) {
            String failure = Failure.of(e, session.secrets()).message();
            write(page, facts(e.report(), failure, target, again, options), recorder);
            throw e;
        }
    }

    private static RunFacts facts(
            RunReport report, String failure, TargetDatabase target, String again, RunOptions options) {
        RunHistory history = RunHistory.of(target.dataSource());
        return new RunFacts(
                report,
                failure,
                target.description(),
                options,
                available(() -> history.runs(RunFacts.PAST_RUNS)),
                available(() -> history.rejectPlaces(report.run(), RunFacts.REJECT_PLACES)),
                "./etl rejects list --runs " + report.run() + again,
                BuildVersion.program());
    }

    /** What the target can still tell: the run may have failed because it cannot. */
    private static <T> List<T> available(Supplier<List<T>> query) {
        try {
            return query.get();
        } catch (DocrowsException e) {
            LOG.debug("the report does without", e);
            return List.of();
        }
    }

    private void write(HtmlReport page, RunFacts facts, RunRecorder recorder) {
        try {
            page.write(facts, recorder);
        } catch (IOException e) {
            // The run is over, and its result stands: it must not look as if it had failed.
            LOG.warn("the report could not be written to {}: {}", file, e.getMessage());
        }
    }

    /** A run that is about to happen. */
    @FunctionalInterface
    public interface Run {

        /**
         * Runs.
         *
         * @param options with what else follows the run
         * @return what the run did
         */
        RunReport with(RunOptions options);
    }
}
