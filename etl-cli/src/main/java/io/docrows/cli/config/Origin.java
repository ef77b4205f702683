package io.docrows.cli.config;

/**
 * Where a setting comes from.
 *
 * @param kind what gave it
 * @param place where exactly, for people: a file and a line, or the name of a variable
 * @param line the line in the file, from 1; 0 for the file as a whole, and where there is none
 */
public record Origin(Kind kind, String place, int line) {

    /** What gives settings; each one overrides those after it. */
    public enum Kind {
        /** An environment variable. */
        ENVIRONMENT,
        /** The configuration file. */
        FILE,
        /** The program itself. */
        DEFAULT
    }

    /** Nobody set it. */
    public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default", 0);

    static Origin file(String file) {
        return new Origin(Kind.FILE, file, 0);
    }

    static Origin line(String file, int line) {
        return new Origin(Kind.FILE, file + ":" + line, line);
    }

    static Origin variable(String name) {
        return new Origin(Kind.ENVIRONMENT, name, 0);
    }

    @Override
    public String toString() {
        return place;
    }
}
