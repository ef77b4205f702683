package io.docrows.cli.option;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.run.RunOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which documents a run reads: all of them, or those that were changed. */
public final class IncrementOptions {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})([smhd])");

    @Option(
            names = {"--force", "--full"},
            description = "Start over instead of continuing an interrupted run, and read everything, not only changes.")
    boolean force;

    @Option(
            names = "--watermark",
            paramLabel = "FIELD",
            description =
                    "The field with the date of a document's last change, for mappings that name none; dots separate"
                            + " the names of nested fields. Only documents with a date at or after the last completed"
                            + " run's high-water mark, minus the overlap, are read. With --deletes, a run reads"
                            + " everything all the same.")
    @Nullable String watermark;

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description =
                    "How far before that mark to start reading: a number with s, m, h or d (default: 10m). With dumps,"
                            + " it must be longer than a dump takes.")
    @Nullable String overlap;

    /** Reads everything, unless the mapping names a field. */
    public IncrementOptions() {}

    /**
     * Adds what was given to the options of a run.
     *
     * @param options those before
     * @return with these
     * @throws DocrowsException {@code INVALID_OPTION} if the field has no name, or the time cannot be read
     */
    public RunOptions in(RunOptions options) {
        RunOptions with = options.force(force);
        if (watermark != null) {
            if (watermark.isBlank()) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION, "--watermark: the name of the field is empty; give it one");
            }
            with = with.watermark(List.of(watermark.split("\\.", -1)));
        }
        return overlap == null ? with : with.overlap(time(overlap));
    }

    private static Duration time(String text) {
        Matcher form = TIME.matcher(text.strip());
        if (!form.matches()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "--overlap is a number with s, m, h or d, such as 15m, not " + text);
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
