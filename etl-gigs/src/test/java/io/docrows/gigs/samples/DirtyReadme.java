package io.docrows.gigs.samples;

import io.docrows.error.RejectCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page that says what a load of the dirty sample must report. */
final class DirtyReadme {

    private static final String TOP = """
        # A marketplace with faults

        A `mongodump` directory with documents that break a rule of the gigs pipeline, each document one rule, among sound ones. One bad
        document costs one document: the rest loads, and the bad ones are kept byte for byte in `docrows.reject`.

        ```
        ./etl run --source samples/gigs-dirty --target embedded
        ```

        ends with exit code 1 and must count what follows. This page is written together with the dump (see `samples/README.md`);
        tests compare both tables with what a load does.

        """;

    private DirtyReadme() {}

    static String of(Map<String, List<DirtyDocument>> documents) {
        StringBuilder page = new StringBuilder(TOP);
        Map<String, List<DirtyDocument>> byCollection = new TreeMap<>(documents).descendingMap();
        page.append("## Documents\n\n| collection | read | inserted | rejected |\n|---|---:|---:|---:|\n");
        byCollection.forEach((collection, all) -> {
            long rejected = all.stream().filter(each -> each.code() != null).count();
            row(page, collection, all.size(), all.size() - rejected, rejected);
        });
        page.append("\n## Rejects\n\n| collection | code | documents |\n|---|---|---:|\n");
        byCollection.forEach((collection, all) ->
                count(all).forEach((code, number) -> row(page, collection, "`" + code + "`", number)));
        page.append("\nOne reference stays pending: gig 80231 waits for user 90101, who is rejected.\n");
        page.append("\n## One by one\n\n| collection | `_id` | what is wrong | code |\n|---|---|---|---|\n");
        byCollection.forEach((collection, all) -> all.stream()
                .filter(each -> each.code() != null)
                .forEach(each -> row(page, collection, each.id(), each.about(), "`" + each.code() + "`")));
        return page.toString();
    }

    private static Map<RejectCode, Integer> count(List<DirtyDocument> documents) {
        Map<RejectCode, Integer> counts = new EnumMap<>(RejectCode.class);
        for (DirtyDocument document : documents) {
            if (document.code() != null) {
                counts.merge(document.code(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static void row(StringBuilder page, Object... cells) {
        for (Object cell : cells) {
            page.append("| ").append(cell).append(' ');
        }
        page.append("|\n");
    }
}
