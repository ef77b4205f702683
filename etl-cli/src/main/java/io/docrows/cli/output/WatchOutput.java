package io.docrows.cli.output;

import io.docrows.report.RunReport;
import io.docrows.run.FollowProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What following came to, besides the report of what became of the documents. */
public final class WatchOutput {

    private WatchOutput() {}

    /**
     * For people.
     *
     * @param progress how far it came
     * @return a line, ending with a line feed
     */
    public static String text(FollowProgress progress) {
        return "\n" + Numbers.count(progress.changes(), "change") + " applied; "
                + progress.lag().toSeconds() + "s behind the source at the end.\n";
    }

    /**
     * For programs.
     *
     * @param report what became of the documents
     * @param loaded what was loaded before, if anything was
     * @param progress how far it came
     * @param exitCode what the command ends with
     * @return the fields of the object
     */
    public static Map<String, Object> json(
            RunReport report, Optional<RunReport> loaded, FollowProgress progress, int exitCode) {
        Map<String, Object> object = new LinkedHashMap<>(JsonOutput.run(report, exitCode));
        object.put("changes", progress.changes());
        object.put("lagSeconds", JsonOutput.seconds(progress.lag()));
        loaded.ifPresent(load -> object.put("load", JsonOutput.run(load, exitCode)));
        return object;
    }
}
