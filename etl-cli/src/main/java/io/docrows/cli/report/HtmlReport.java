package io.docrows.cli.report;

import io.docrows.error.DocrowsException;
import java.io.IOException;
import java.nio.file.Path;

/** A run's report as a page. */
public final class HtmlReport {

    private static final String TEMPLATE = "report.jte";

    private final PageFile file;

    /**
     * A report that will be written to a file.
     *
     * @param file where; its directory must be there
     * @throws DocrowsException {@code INVALID_OPTION} if nothing can be written there
     */
    public HtmlReport(Path file) {
        this.file = new PageFile(file);
    }

    /**
     * Writes the report.
     *
     * @param facts what it is made of
     * @param recorder what was seen of the run
     * @throws IOException if the file cannot be written
     */
    public void write(RunFacts facts, RunRecorder recorder) throws IOException {
        file.write(TEMPLATE, new PageLayout(facts, recorder).page());
    }

    static String html(RunFacts facts, RunRecorder recorder) {
        return PageFile.html(TEMPLATE, new PageLayout(facts, recorder).page());
    }
}
