package io.docrows.cli.output;

import io.docrows.source.dump.DumpWriter;

/** The name of a file for rejected documents of one collection, by which a run knows the collection. */
public final class RejectsExportFile {

    private static final String SUFFIX = ".bson";
    private static final String GZIP_SUFFIX = ".bson.gz";

    private RejectsExportFile() {}

    /**
     * Whether a name is that of a file, and not of a directory.
     *
     * @param name without what is before it in the path
     * @return true for a file
     */
    public static boolean isOne(String name) {
        return name.endsWith(SUFFIX) || name.endsWith(GZIP_SUFFIX);
    }

    /** The name that a collection's file has, compressed if another one is. */
    static String of(String collection, String like) {
        return DumpWriter.fileName(collection, like.endsWith(GZIP_SUFFIX));
    }

    /** Whether a file's name is read as a collection's: as mongodump writes it, or as it is if nothing is escaped. */
    static boolean names(String name, String collection) {
        String stem = name.substring(0, name.lastIndexOf(SUFFIX));
        return name.equals(of(collection, name))
                || (stem.equals(collection) && stem.indexOf('%') < 0 && stem.indexOf('+') < 0);
    }
}
