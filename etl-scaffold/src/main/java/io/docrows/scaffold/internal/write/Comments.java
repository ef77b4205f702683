package io.docrows.scaffold.internal.write;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines for comments. */
final class Comments {

    private static final int WIDTH = 110;

    private Comments() {}

    /** Lines of at most so many characters, if words allow it. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.replaceAll("\\p{Cntrl}", " ").split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
