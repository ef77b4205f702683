package io.docrows.source.json;

import java.util.List;

/** The names of JSON files. */
final class JsonName {

    private static final String GZIP = ".gz";
    private static final List<String> SUFFIXES = List.of(".json", ".jsonl", ".ndjson");

    private JsonName() {}

    /** Whether a file's name says that it holds JSON. */
    static boolean isJson(String fileName) {
        return !suffix(fileName).isEmpty() && !fileName.startsWith(".");
    }

    /** Whether mongodump writes a file of that name, about its own files. */
    static boolean isOfDump(String fileName) {
        String plain = plain(fileName);
        return plain.endsWith(".metadata.json") || plain.equals("prelude.json");
    }

    /** The file's name without its suffix. */
    static String collection(String fileName) {
        String plain = plain(fileName);
        return plain.substring(0, plain.length() - suffix(fileName).length());
    }

    private static String suffix(String fileName) {
        String plain = plain(fileName);
        return SUFFIXES.stream()
                .filter(suffix -> plain.endsWith(suffix) && plain.length() > suffix.length())
                .findFirst()
                .orElse("");
    }

    private static String plain(String fileName) {
        return fileName.endsWith(GZIP) ? fileName.substring(0, fileName.length() - GZIP.length()) : fileName;
    }
}
