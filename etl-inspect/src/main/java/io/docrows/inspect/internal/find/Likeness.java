package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.PathFacts;
import java.util.Locale;

/** Whether a field's name speaks of another collection. Only ever one of several reasons. */
final class Likeness {

    private Likeness() {}

    /** 2 if the name is that of the collection, 1 if it is that of some key, 0 otherwise. */
    static int of(PathFacts path, String collection, String targetPath) {
        String name = "";
        for (int i = path.names().size() - 1; i >= 0 && name.isEmpty(); i--) {
            String one = path.names().get(i);
            if (!one.equals("[]") && !one.equals("{}")) {
                name = one;
            }
        }
        String word = bare(name);
        String other = stem(plain(collection));
        String of = stem(word);
        if (!other.isEmpty() && (of.equals(other) || of.endsWith(other) && other.length() > 3)) {
            return 2;
        }
        String parent = path.names().size() > 1
                ? stem(plain(path.names().get(path.names().size() - 2)))
                : "";
        if (!other.isEmpty() && parent.equals(other)) {
            return 2;
        }
        if (plain(name).equals(plain(targetPath)) && !targetPath.equals("_id")) {
            return 2;
        }
        return !word.equals(plain(name)) || name.startsWith("$") ? 1 : 0;
    }

    /** Without what says that it is a key. */
    private static String bare(String name) {
        String plain = plain(name);
        for (String end : new String[] {
            "ids", "id", "refs", "ref", "numbers", "number", "nr", "no", "codes", "code", "key", "keys", "uuid"
        }) {
            if (plain.length() > end.length() && plain.endsWith(end) && isWordEnd(name, end)) {
                return plain.substring(0, plain.length() - end.length());
            }
        }
        return plain;
    }

    /** The word begins with a capital or behind an underscore: {@code paid} is no {@code pa-id}. */
    private static boolean isWordEnd(String name, String end) {
        int at = name.length() - end.length();
        return at > 0 && (Character.isUpperCase(name.charAt(at)) || !Character.isLetterOrDigit(name.charAt(at - 1)));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String stem(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("ses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") && word.length() > 2
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
