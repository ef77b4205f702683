package io.docrows.testing;

import org.jspecify.annotations.Nullable;

/** The combination that the documentation's examples use. */
public final class FullName {

    private FullName() {}

    /** First and last name, or the one of both that there is. */
    public static @Nullable String of(@Nullable String first, @Nullable String last) {
        return first == null ? last : last == null ? first : first + " " + last;
    }
}
