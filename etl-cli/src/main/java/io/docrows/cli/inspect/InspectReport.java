package io.docrows.cli.inspect;

import io.docrows.cli.output.BuildVersion;
import io.docrows.cli.report.PageFile;
import io.docrows.error.DocrowsException;
import io.docrows.inspect.fact.Inspection;
import java.io.IOException;
import java.nio.file.Path;

/** An inspection as a page that needs nothing but itself. */
public final class InspectReport {

    private static final String TEMPLATE = "inspect.jte";

    private final PageFile file;

    /**
     * A page that will be written to a file.
     *
     * @param file where; its directory must be there
     * @throws DocrowsException {@code INVALID_OPTION} if nothing can be written there
     */
    public InspectReport(Path file) {
        this.file = new PageFile(file);
    }

    /**
     * Writes the page.
     *
     * @param inspection what was found
     * @param values whether values of documents may be shown
     * @throws IOException if the file cannot be written
     */
    public void write(Inspection inspection, boolean values) throws IOException {
        file.write(TEMPLATE, new InspectPageLayout(inspection, values, BuildVersion.program()).page());
    }

    static String html(Inspection inspection, boolean values) {
        return PageFile.html(TEMPLATE, new InspectPageLayout(inspection, values, "Docrows").page());
    }
}
