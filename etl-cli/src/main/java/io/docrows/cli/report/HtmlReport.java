package io.docrows.cli.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.file.WholeFile;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's report in one HTML file, without scripts and without anything to be fetched from elsewhere. The file is
 * replaced as a whole, so that nobody sees half of it.
 */
public final class HtmlReport {

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

    private final Path file;

    /**
     * A report that will be written to a file.
     *
     * @param file where; its directory must be there
     * @throws DocrowsException {@code INVALID_OPTION} if nothing can be written there
     */
    public HtmlReport(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--report: cannot write to the directory " + directory + "; create it, or name another");
        }
        if (Files.isDirectory(file)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "--report: " + file + " is a directory; name a file in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "--report: " + file + " is not a regular file; name another one");
        }
        this.file = file;
    }

    /**
     * Writes the report.
     *
     * @param facts what it is made of
     * @param recorder what was seen of the run
     * @throws IOException if the file cannot be written
     */
    public void write(RunFacts facts, RunRecorder recorder) throws IOException {
        WholeFile.write(file, html(facts, recorder));
    }

    static String html(RunFacts facts, RunRecorder recorder) {
        StringOutput output = new StringOutput();
        ENGINE.render("report.jte", new PageLayout(facts, recorder).page(), output);
        // What the page's own records may have forgotten: nothing in it turns around or hides what stands beside it.
        return ForeignText.printableLines(output.toString());
    }
}
