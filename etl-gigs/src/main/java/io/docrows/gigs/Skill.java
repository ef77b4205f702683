package io.docrows.gigs;

import org.jspecify.annotations.Nullable;

/** Cleans the names under which people list their skills. Stateless. */
public final class Skill {

    private Skill() {}

    /**
     * Cleans a name like any other text; see {@link Text#straightenQuotes}.
     *
     * @param name an element of the array
     * @return the name, blanks at its ends kept; null, so left out, when there is nothing but blanks
     */
    public static @Nullable String clean(String name) {
        return name.isBlank() ? null : Text.straightenQuotes(name);
    }
}
