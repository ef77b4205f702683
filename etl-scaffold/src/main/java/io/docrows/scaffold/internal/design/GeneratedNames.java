package io.docrows.scaffold.internal.design;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jooq.tools.StringUtils;

/**
 * The Java names that the code generator of a project's build gives to tables, columns and enums: those of jOOQ's
 * default strategy, told apart as {@code etl-codegen} does it. A test compares both. Immutable.
 */
public final class GeneratedNames {

    /** What the generator calls the schema that all tables are in. */
    private static final String SCHEMA = "PUBLIC";

    /** Classes of the language that generated ones use by their simple names. */
    private static final Set<String> HIDDEN = Set.of(
            "Boolean Byte Class Deprecated Double Float Integer Long Object Override Short String SuppressWarnings Void"
                    .split(" "));

    /** A constant of that name would be taken for the class. */
    private static final String OBSCURED = "DSL";

    private static final String NO_FILES = "(?i)con|prn|aux|clock\\$|nul|com[1-9]|lpt[1-9]";

    private final Map<String, String> tables = new HashMap<>();
    private final Map<String, String> records = new HashMap<>();
    private final Map<String, Map<String, String>> columns = new HashMap<>();
    private final Map<String, String> enums = new HashMap<>();

    /**
     * A table or view.
     *
     * @param name its name
     * @param columns the names of its columns, in their order
     */
    public record Relation(String name, List<String> columns) {

        /** Copies the list. */
        public Relation {
            columns = List.copyOf(columns);
        }
    }

    private GeneratedNames() {}

    /**
     * The names for a schema.
     *
     * @param relations all tables, in the order in which they are made
     * @param types all enums, in the order in which they are made
     */
    public static GeneratedNames of(List<Relation> relations, List<String> types) {
        GeneratedNames names = new GeneratedNames();
        Set<String> taken = new HashSet<>();
        for (Relation one : relations) {
            String own = identifier(one.name());
            String plain = own.equals(SCHEMA) ? own + "_" : own;
            String ending = ending(plain, className(one.name(), ""), taken);
            String constant = plain + ending;
            names.tables.put(one.name(), constant);
            names.records.put(one.name(), className(one.name(), "Record") + ending);
            names.columns.put(one.name(), columns(one, plain, constant));
        }
        taken.clear();
        for (String type : types) {
            String simple = className(type, "");
            names.enums.put(type, simple + ending(identifier(type), simple, taken));
        }
        return names;
    }

    private static Map<String, String> columns(Relation relation, String plain, String constant) {
        Map<String, String> columns = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (String column : relation.columns()) {
            String own = identifier(column);
            String apart = own.equals(plain) ? own + "_" : own;
            String ended = apart + ending(apart, "", taken);
            columns.put(column, ended.equals(constant) ? ended + "_" : ended);
        }
        return columns;
    }

    private static String ending(String identifier, String simple, Set<String> taken) {
        String file = "class " + simple.toLowerCase(Locale.ROOT);
        String ending = "";
        for (int number = 2;
                taken.contains(identifier + ending) || (!simple.isEmpty() && taken.contains(file + ending));
                number++) {
            ending = "_" + number;
        }
        taken.add(identifier + ending);
        taken.add(file + ending);
        return ending;
    }

    /** The constant of a table. */
    public String table(String table) {
        return tables.getOrDefault(table, identifier(table));
    }

    /** The class of a table's rows. */
    public String record(String table) {
        return records.getOrDefault(table, className(table, "Record"));
    }

    /** The constant of a column. */
    public String column(String table, String column) {
        return columns.getOrDefault(table, Map.of()).getOrDefault(column, identifier(column));
    }

    /** The class of an enum. */
    public String enumeration(String type) {
        return enums.getOrDefault(type, className(type, ""));
    }

    /** A name that is made of words with capital letters, as Java names are. */
    public static String camelCase(String name) {
        return java(StringUtils.toCamelCase(name.replaceAll("[ .-]", "_")));
    }

    private static String className(String name, String ending) {
        String simple = camelCase(name) + ending;
        String file = simple.matches(NO_FILES) ? simple + "_" : simple;
        return HIDDEN.contains(file) ? file + "_" : file;
    }

    private static String identifier(String name) {
        String constant = java(name.toUpperCase(Locale.ENGLISH));
        return constant.equals(OBSCURED) ? constant + "_" : constant;
    }

    /** Only what may stand in Java, as jOOQ writes it. */
    private static String java(String name) {
        StringBuilder java = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isJavaIdentifierPart(c)) {
                java.append('_').append(c == ' ' || c == '-' || c == '.' ? "" : Integer.toHexString(c));
            } else {
                java.append(i == 0 && !Character.isJavaIdentifierStart(c) ? "_" : "")
                        .append(c);
            }
        }
        // One for each time that jOOQ looks at it.
        return java.toString().matches("_*") ? java + "__" : java.toString();
    }
}
