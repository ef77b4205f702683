package io.docrows.source.internal;

import io.docrows.text.ForeignText;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a message: the first few, and how many there are besides. */
public final class NameList {

    private static final int LISTED = 10;

    private NameList() {}

    /**
     * Lists names, in their order.
     *
     * @param names at least one name
     * @return {@code a, b, c and 7 more}; of bounded length, whatever the names
     */
    public static String of(Collection<String> names) {
        String first =
                names.stream().sorted().limit(LISTED).map(ForeignText::name).collect(Collectors.joining(", "));
        return names.size() > LISTED ? first + " and " + (names.size() - LISTED) + " more" : first;
    }
}
