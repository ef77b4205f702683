package io.docrows.cli.output;

import io.docrows.report.Watermark;
import io.docrows.text.ForeignText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was made of the field that tells when documents were changed: in words, and for programs. */
public final class WatermarkLines {

    private WatermarkLines() {}

    /**
     * What was read of a collection.
     *
     * @param collection the collection
     * @param watermark what was made of its watermark
     * @return an empty line and a sentence or two; empty if everything was read and has a date
     */
    public static String text(String collection, Watermark watermark) {
        StringBuilder text = new StringBuilder();
        watermark.since().ifPresent(since -> text.append("\n").append(since(collection, since, "were")));
        if (watermark.without() > 0) {
            text.append("\n")
                    .append(Numbers.count(watermark.without(), "document"))
                    .append(" of ")
                    .append(ForeignText.name(collection))
                    .append(watermark.without() == 1 ? " has" : " have")
                    .append(" no date in ")
                    .append(ForeignText.name(watermark.field()))
                    .append(
                            watermark.since().isPresent()
                                    ? ", as of the last run that read all; only --full finds them.\n"
                                    : "; only --full will find them again.\n");
        }
        return text.toString();
    }

    static String since(String collection, Instant since, String were) {
        return "Only documents of " + ForeignText.name(collection) + " changed since " + Moments.utc(since) + " UTC "
                + were + " read; --full reads all.\n";
    }

    /** Adds the fields to an object, if there is a watermark. */
    static void json(Optional<Watermark> watermark, Map<String, Object> object) {
        watermark.ifPresent(mark -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("field", mark.field());
            mark.since().ifPresent(since -> fields.put("since", since.toString()));
            mark.highest().ifPresent(highest -> fields.put("highest", highest.toString()));
            fields.put("without", mark.without());
            object.put("watermark", fields);
        });
    }
}
