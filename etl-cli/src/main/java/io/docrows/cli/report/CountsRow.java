package io.docrows.cli.report;

import io.docrows.cli.output.Numbers;
import io.docrows.report.Counts;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.List;

/**
 * What became of the documents of a collection, or of all.
 *
 * @param color the number of the collection's color; -1 for all together
 * @param name the collection
 * @param table the mapped table; empty for all together
 * @param read how many documents were read
 * @param shares the five things that became of them, which together are all of them
 * @param rate documents a second
 * @param time how long it took
 */
public record CountsRow(
        int color, String name, String table, String read, List<Share> shares, String rate, String time) {

    /** Copies the list, and makes the names printable. */
    public CountsRow {
        name = ForeignText.name(name);
        table = ForeignText.name(table);
        shares = List.copyOf(shares);
    }

    static CountsRow of(int color, String name, String table, Counts counts, long before, Duration time) {
        return new CountsRow(
                color,
                name,
                table,
                Numbers.count(counts.read()),
                List.of(
                        share("inserted", counts.inserted(), counts),
                        share("updated", counts.updated(), counts),
                        share("unchanged", counts.unchanged(), counts),
                        share("rejected", counts.rejected(), counts),
                        share("skipped", counts.skipped(), counts)),
                Numbers.rate(counts.read() - before, time),
                Numbers.time(time));
    }

    private static Share share(String name, long documents, Counts counts) {
        return Share.of(name, name, Numbers.count(documents), documents, counts.read());
    }

    /**
     * The accounting: the five numbers, and that they add up.
     *
     * @return such as {@code 3 inserted + 0 updated + ...}
     */
    public String sum() {
        return String.join(
                " + ",
                shares.stream().map(share -> share.value() + " " + share.name()).toList());
    }
}
