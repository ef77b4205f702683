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
 * One HTML file, without scripts and without anything to be fetched from elsewhere. The file is replaced as a whole, so
 * that nobody sees half of it.
 */
public final class PageFile {

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

    private final Path file;

    /**
     * A page that will be written to a file.
     *
     * @param file where; its directory must be there
     * @throws DocrowsException {@code INVALID_OPTION} if nothing can be written there
     */
    public PageFile(Path file) {
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
     * Writes the page.
     *
     * @param template the name of its template
     * @param page what the template shows
     * @throws IOException if the file cannot be written
     */
    public void write(String template, Object page) throws IOException {
        WholeFile.write(file, html(template, page));
    }

    /**
     * The page as text.
     *
     * @param template the name of its template
     * @param page what the template shows
     * @return HTML
     */
    public static String html(String template, Object page) {
        StringOutput output = new StringOutput();
        ENGINE.render(template, page, output);
        // What the page's own records may have forgotten: nothing in it turns around or hides what stands beside it.
        return ForeignText.printableLines(output.toString());
    }
}
