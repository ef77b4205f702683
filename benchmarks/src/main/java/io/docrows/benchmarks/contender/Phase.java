package io.docrows.benchmarks.contender;

/** What is loaded into what. */
public enum Phase {
    /** Everything into empty tables. */
    FIRST("first load"),
    /** The same once more. */
    UNCHANGED("unchanged"),
    /** The same once more, after one document in a hundred was changed. */
    CHANGED("1 % changed");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** Returns its name in tables. */
    public String title() {
        return title;
    }
}
