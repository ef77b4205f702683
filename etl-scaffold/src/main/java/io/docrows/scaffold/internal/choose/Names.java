package io.docrows.scaffold.internal.choose;

import io.docrows.inspect.proposal.SqlNames;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.tools.StringUtils;

/**
 * Gives names that need no quotes in SQL, of at most 63 bytes, each once, and once as the Java name that is made of it.
 * Not thread-safe.
 */
public final class Names {

    /** What PostgreSQL reserves: a test compares it with the server's own list. */
    static final Set<String> RESERVED =
            Set.of(("all analyse analyze and any array as asc asymmetric authorization binary both"
                            + " case cast check collate collation column concurrently constraint create cross current_catalog"
                            + " current_date current_role current_schema current_time current_timestamp current_user default"
                            + " deferrable desc distinct do else end except false fetch for foreign freeze from full grant group"
                            + " having ilike in initially inner intersect into is isnull join lateral leading left like limit"
                            + " localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing"
                            + " primary references returning right select session_user similar some symmetric system_user table"
                            + " tablesample then to trailing true union unique user using variadic verbose when where window with")
                    .split(" "));

    /** Every table has columns of these names. */
    private static final Set<String> SYSTEM = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    /** Where Flyway writes what it applied, and what PostgreSQL finds in its own catalogue before all others. */
    private static final String TAKEN = "flyway_schema_history|docrows_.*_history|pg_.*[^_]";

    private final Set<String> taken = new HashSet<>();
    private final boolean tables;

    private Names(boolean tables) {
        this.tables = tables;
    }

    /** Names of tables, which are those of Java classes too. */
    static Names ofTables() {
        return new Names(true);
    }

    /** Names of the columns of a table. Its own name is no column's: both would be one Java constant. */
    static Names ofColumns(String table) {
        Names names = new Names(false);
        names.taken.add(names.java(table));
        return names;
    }

    /** The name for names of fields. */
    static String sql(List<String> names) {
        String name =
                names.stream().map(Names::word).filter(one -> !one.isEmpty()).collect(Collectors.joining("_"));
        if (name.isEmpty()) {
            name = "field";
        }
        if (!Character.isLetter(name.charAt(0))) {
            name = "n" + name;
        }
        return SqlNames.cut(name);
    }

    private static String word(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        StringBuilder plain = new StringBuilder();
        // Java names are made of it char by char, so that letters beyond the first 65,536 characters are none.
        SqlNames.snake(composed)
                .chars()
                .forEach(c -> plain.append(Character.isLetterOrDigit((char) c) ? (char) c : '_'));
        return plain.toString().replaceAll("_+", "_").replaceAll("^_|_$", "");
    }

    /** Whether a name is free, and needs no quotes; it is taken then. */
    boolean takes(String name) {
        boolean plain = isPlain(name) && !isReserved(name) && SqlNames.cut(name).equals(name);
        return taken.add(java(name)) && plain;
    }

    /** Whether PostgreSQL reads a name as it is: no capitals, and what {@link #sql} makes names of. */
    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !Character.isDigit(name.charAt(0))
                && name.chars()
                        .allMatch(c -> c == '_'
                                || Character.isLetterOrDigit((char) c) && Character.toLowerCase((char) c) == (char) c);
    }

    /** A name like this one that is free and not reserved; it is taken then. */
    String take(String wanted) {
        String name = isReserved(wanted) ? wanted + "_" : wanted;
        String free = name;
        for (int number = 2; !taken.add(java(free)); number++) {
            free = SqlNames.cut(name + "_" + number);
        }
        return free;
    }

    private boolean isReserved(String name) {
        return RESERVED.contains(name) || (tables ? name.matches(TAKEN) : SYSTEM.contains(name));
    }

    private String java(String name) {
        return tables ? StringUtils.toCamelCase(name).toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
    }

    /** Whether SQL reserves a name. */
    public static boolean isWord(String name) {
        return RESERVED.contains(name);
    }

    /** A name of at most 63 bytes. */
    public static String cut(String name) {
        return SqlNames.cut(name);
    }

    /** One of what a name says there are several of. */
    public static String singular(String name) {
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + "y";
        }
        if (name.endsWith("sses") || name.endsWith("xes") || name.endsWith("ches") || name.endsWith("shes")) {
            return name.substring(0, name.length() - 2);
        }
        boolean plural = name.endsWith("s") && !name.endsWith("ss") && !name.endsWith("us") && name.length() > 3;
        return plural ? name.substring(0, name.length() - 1) : name;
    }
}
