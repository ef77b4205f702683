package io.docrows.codegen;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.SQLDialect;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.DataTypeDefinition;

/**
 * The Java types of columns whose PostgreSQL type jOOQ does not know, as it does not know {@code inet}, ranges or the
 * types of extensions: they are texts, which PostgreSQL's own input and output functions read and write, and keep the
 * type's name. Composite types, and those that jOOQ takes for another one, bits for characters, are the same. Arrays of
 * {@code timestamptz} are of instants, as its columns are. An {@code interval} is a text, too: jOOQ's class for it is
 * made of a {@link java.time.Duration} without its microseconds, and makes days of its hours.
 */
final class JavaTypes {

    private static final Pattern UNKNOWN =
            Pattern.compile("([\\w.]*DefaultDataType)\\.getDefaultDataType\\((\".*?[^\\\\]\")\\)");
    private static final Pattern OTHER = Pattern.compile("[\\w.]*SQLDataType\\.OTHER\\b");
    private static final Pattern BITS = Pattern.compile("(bit|varbit|bit varying)( ARRAY)*");
    private static final Pattern CHARACTERS = Pattern.compile("[\\w.]*SQLDataType\\.(?:VAR)?CHAR(?:\\(\\d+\\))?");
    private static final Pattern COMPOSITE = Pattern.compile("[\\w.]+\\.getDataType\\(\\)");
    private static final Pattern INTERVALS = Pattern.compile("[\\w.]*SQLDataType\\.INTERVAL(?:\\(\\d+\\))?");
    private static final String INTERVAL = "org.jooq.types.YearToSecond";
    private static final String OFFSET = "java.time.OffsetDateTime[";

    private JavaTypes() {}

    /** The Java type for the one that jOOQ has chosen. */
    static String of(DataTypeDefinition type, String chosen) {
        if (isForced(type)) {
            return chosen;
        }
        if (chosen.startsWith("java.lang.Object") || chosen.startsWith(INTERVAL) || isComposite(type)) {
            return "java.lang.String" + dimensions(chosen);
        }
        return chosen.startsWith(OFFSET) ? "java.time.Instant" + chosen.substring(OFFSET.length() - 1) : chosen;
    }

    /** The expression for that type, made of the one that jOOQ has chosen; the type of a default is in it again. */
    static String reference(DataTypeDefinition type, String chosen, JavaWriter out) {
        if (isForced(type)) {
            return chosen;
        }
        Matcher unknown = UNKNOWN.matcher(chosen);
        if (unknown.find()) {
            String text = text(unknown.group(1), unknown.group(2), out);
            return OTHER.matcher(unknown.replaceAll(Matcher.quoteReplacement(text)))
                    .replaceAll(Matcher.quoteReplacement(text));
        }
        Matcher interval = INTERVALS.matcher(chosen);
        if (interval.find()) {
            return interval.replaceAll(Matcher.quoteReplacement(own("interval", out)));
        }
        if (isComposite(type)) {
            String name =
                    "\"" + type.getQualifiedUserType().quotedName().toString().replace("\"", "\\\"") + "\"";
            String text = text(dataType(out), name, out);
            // Of the columns of such types jOOQ does not say whether they are NOT NULL, or have a default.
            return COMPOSITE.matcher(chosen).replaceAll(Matcher.quoteReplacement(text))
                    + (type.isNullable() || chosen.contains(".nullable(") ? "" : ".nullable(false)")
                    + (type.isDefaulted() && !chosen.contains(".defaultValue(") ? defaultValue(type, text, out) : "");
        }
        Matcher bits = BITS.matcher(type.getType());
        if (bits.matches()) {
            String name = bits.group(1).equals("bit") ? "bit" : "varbit";
            return CHARACTERS.matcher(chosen).replaceAll(Matcher.quoteReplacement(own(name, out)));
        }
        return chosen.contains(".array()") ? chosen.replace(".TIMESTAMPWITHTIMEZONE", ".INSTANT") : chosen;
    }

    private static String defaultValue(DataTypeDefinition type, String text, JavaWriter out) {
        String dsl = out.ref("org.jooq.impl.DSL");
        String expression = type.getDefaultValue()
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n");
        return ".defaultValue(" + dsl + ".field(" + dsl + ".raw(\"" + expression + "\"), " + text + "))";
    }

    /** One of PostgreSQL's own types. */
    private static String own(String name, JavaWriter out) {
        return text(dataType(out), "\"\\\"pg_catalog\\\".\\\"" + name + "\\\"\"", out);
    }

    private static String text(String dataType, String name, JavaWriter out) {
        return "new " + dataType + "<>(" + out.ref(SQLDialect.class) + ".DEFAULT, String.class, " + name + ")";
    }

    private static String dataType(JavaWriter out) {
        return out.ref("org.jooq.impl.DefaultDataType");
    }

    private static String dimensions(String javaType) {
        int array = javaType.indexOf('[');
        return array < 0 ? "" : javaType.substring(array);
    }

    private static boolean isComposite(DataTypeDefinition type) {
        return type.getSchema() != null
                && type.getDatabase().getUDT(type.getSchema(), type.getQualifiedUserType()) != null;
    }

    private static boolean isForced(DataTypeDefinition type) {
        return type.getConverter() != null || type.getBinding() != null || type.getJavaType() != null;
    }
}
