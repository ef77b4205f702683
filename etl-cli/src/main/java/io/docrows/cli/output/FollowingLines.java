package io.docrows.cli.output;

import io.docrows.history.Following;
import io.docrows.text.ForeignText;
import java.util.List;

/** Where pipelines stand that follow their source. */
final class FollowingLines {

    private FollowingLines() {}

    /** A line for each of them, after an empty one; nothing if there is none. */
    static String text(List<Following> followed) {
        StringBuilder text = new StringBuilder();
        for (Following each : followed) {
            text.append(text.isEmpty() ? "\n" : "")
                    .append(ForeignText.name(each.pipeline()))
                    .append(" follows ")
                    .append(ForeignText.printable(each.source()))
                    .append(each.loaded() ? ": " : ", and is not loaded yet: ")
                    .append(each.reached()
                            .map(reached -> "changes until " + Moments.utc(reached) + " are applied, ")
                            .orElse("no change is applied yet, "))
                    .append("and the position is ")
                    .append(Numbers.time(each.age()))
                    .append(" old.\n");
            each.lag()
                    .ifPresent(lag -> text.append("  It was ")
                            .append(lag.toSeconds())
                            .append("s behind the source then, and applied ")
                            .append(Numbers.count(Math.round(each.changesPerSecond())))
                            .append(" changes with ")
                            .append(Numbers.count(Math.round(each.rowsPerSecond())))
                            .append(" rows a second; ")
                            .append(Numbers.count(each.rejected(), "document"))
                            .append(" rejected since it began.\n"));
        }
        return text.toString();
    }
}
