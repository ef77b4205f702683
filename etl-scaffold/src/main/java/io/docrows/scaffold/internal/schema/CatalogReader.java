package io.docrows.scaffold.internal.schema;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Reads the tables of the schema {@code public} from PostgreSQL's catalogue. Not thread-safe; used once. */
public final class CatalogReader {

    /** Without the histories of Flyway, whatever they are called. */
    private static final String TABLES = """
            SELECT c.oid, c.relname FROM pg_catalog.pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND 3 > (SELECT count(*) FROM pg_catalog.pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attname IN ('installed_rank', 'script', 'checksum'))
            ORDER BY c.oid
            """;

    /**
     * What comes with PostgreSQL is no dependency: whatever function, operator, collation and so on is one, is
     * somebody's. So is a sequence or a type of another schema.
     */
    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.atttypid, a.attnotnull,
                   a.attidentity <> '' AS identity, a.attgenerated <> '' AS computed,
                   pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
                   EXISTS (SELECT FROM pg_catalog.pg_depend u
                           LEFT JOIN pg_catalog.pg_class s ON u.refclassid = 'pg_catalog.pg_class'::regclass
                                AND s.oid = u.refobjid AND s.relkind = 'S'
                           LEFT JOIN pg_catalog.pg_type t ON u.refclassid = 'pg_catalog.pg_type'::regclass
                                AND t.oid = u.refobjid AND t.oid <> a.atttypid
                           WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = d.oid
                             AND (u.refclassid NOT IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass)
                                  OR s.relnamespace <> 'public'::regnamespace
                                  OR t.typnamespace <> 'public'::regnamespace)) AS outside
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """;

    /** A foreign key may also lead to a unique index that is no constraint, which is none that anybody can count on. */
    private static final String CONSTRAINTS = """
            SELECT c.conname, c.contype::text AS type, pg_catalog.pg_get_constraintdef(c.oid) AS definition,
                   c.confrelid, t.relname AS target, c.confrelid::regclass::text AS place,
                   c.contype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_depend u
                           LEFT JOIN pg_catalog.pg_type y ON u.refclassid = 'pg_catalog.pg_type'::regclass
                                AND y.oid = u.refobjid
                           WHERE u.classid = 'pg_catalog.pg_constraint'::regclass AND u.objid = c.oid
                             AND (u.refclassid NOT IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass)
                                  OR y.typnamespace <> 'public'::regnamespace)) AS outside,
                   EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.confrelid
                             AND k.conindid = c.conindid AND k.contype IN ('p', 'u')) AS leads,
                   ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k (number, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
                         ORDER BY k.place) AS columns
            FROM pg_catalog.pg_constraint c LEFT JOIN pg_catalog.pg_class t ON t.oid = c.confrelid
            WHERE c.conrelid = ? AND c.contype IN ('p', 'u', 'f', 'c') ORDER BY c.contype = 'f', c.conname
            """;

    private static final String ENUMS = """
            SELECT t.typname, pg_catalog.format_type(t.oid, NULL) AS type,
                   ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid
                                    ORDER BY e.enumsortorder) AS labels
            FROM pg_catalog.pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e' ORDER BY t.oid
            """;

    private static final String DOMAINS = """
            SELECT t.oid, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base, t.typnotnull,
                   ARRAY(SELECT pg_catalog.pg_get_constraintdef(c.oid) FROM pg_catalog.pg_constraint c
                         WHERE c.contypid = t.oid AND c.contype = 'c'
                           AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend u
                                 WHERE u.classid = 'pg_catalog.pg_constraint'::regclass AND u.objid = c.oid
                                   AND u.refclassid <> 'pg_catalog.pg_type'::regclass)
                         ORDER BY c.conname) AS checks
            FROM pg_catalog.pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'd'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_type'::regclass
                                AND e.objid = t.oid AND e.deptype = 'e')
            ORDER BY t.oid
            """;

    /** The type that a type is made of at last, whatever arrays and domains are around it. */
    private static final String TYPES = """
            WITH RECURSIVE made (column_type, part) AS (
                SELECT DISTINCT a.atttypid, a.atttypid FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
                  AND NOT a.attisdropped
                UNION SELECT t.oid, t.oid FROM pg_catalog.pg_type t
                WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'd'
                UNION
                SELECT m.column_type, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
                FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.part
                WHERE t.typtype = 'd' OR t.typcategory = 'A' AND t.typelem <> 0
            )
            SELECT m.column_type, n.nspname AS schema, t.typtype::text AS kind, t.typcategory = 'A' AS array,
                   x.extname, y.nspname AS place
            FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.part
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid
                 AND e.deptype = 'e'
            LEFT JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid
            LEFT JOIN pg_catalog.pg_namespace y ON y.oid = x.extnamespace
            ORDER BY m.column_type, m.part
            """;

    private static final String SEQUENCES = """
            SELECT c.relname FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace
              AND c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')
            ORDER BY 1
            """;

    /** Those that come with PostgreSQL and bring types: the server that a build embeds has them, too. */
    private static final Set<String> EVERYWHERE =
            Set.of("citext", "cube", "hstore", "isn", "lo", "ltree", "seg", "tablefunc");

    private final DSLContext database;
    private final boolean defines;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();
    /** The types that the project's own tables cannot have. */
    private final Set<Long> absent = new HashSet<>();

    private final Set<Long> tables = new HashSet<>();

    private CatalogReader(DSLContext database, boolean defines) {
        this.database = database;
        this.defines = defines;
    }

    /**
     * All that is there.
     *
     * @param connection to the database, of which one snapshot is read
     * @param defines whether tables like these have to be made, on a server that has only what comes with PostgreSQL
     */
    public static Tables read(Connection connection, boolean defines) {
        DSLContext database = DSL.using(connection, SQLDialect.POSTGRES);
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        try {
            // Names are written as they are in a search path of this schema alone, whatever the user's is.
            database.execute("SET LOCAL search_path = public");
            return new CatalogReader(database, defines).tables();
        } finally {
            database.execute("ROLLBACK");
        }
    }

    private Tables tables() {
        types();
        Map<String, List<String>> enums = new LinkedHashMap<>();
        Map<String, String> enumNames = new LinkedHashMap<>();
        for (Record row : database.fetch(ENUMS)) {
            List<String> labels = List.of(row.get("labels", String[].class));
            enums.put(row.get("type", String.class), labels);
            enumNames.put(row.get("type", String.class), row.get("typname", String.class));
            before.append("CREATE TYPE ")
                    .append(quoted(row.get("typname", String.class)))
                    .append(" AS ENUM (");
            before.append(String.join(
                    ", ",
                    labels.stream()
                            .map(one -> "'" + one.replace("'", "''") + "'")
                            .toList()));
            before.append(");\n");
        }
        for (Record row : database.fetch(DOMAINS)) {
            if (absent.contains(row.get("oid", Long.class))) {
                continue;
            }
            before.append("CREATE DOMAIN ")
                    .append(quoted(row.get("typname", String.class)))
                    .append(" AS ");
            before.append(row.get("base", String.class))
                    .append(row.get("typnotnull", Boolean.class) ? " NOT NULL" : "");
            for (String check : row.get("checks", String[].class)) {
                before.append(' ').append(check);
            }
            before.append(";\n");
        }
        for (Record row : database.fetch(SEQUENCES)) {
            before.append("CREATE SEQUENCE ")
                    .append(quoted(row.get(0, String.class)))
                    .append(";\n");
        }
        List<ExistingTable> found = new ArrayList<>();
        Result<Record> rows = database.fetch(TABLES);
        rows.forEach(row -> tables.add(row.get("oid", Long.class)));
        for (Record row : rows) {
            found.add(table(row.get("oid", Long.class), row.get("relname", String.class)));
        }
        return new Tables(found, enums, enumNames, before.toString() + after);
    }

    /** Makes the extensions that types of columns come from, and finds out which types cannot be made. */
    private void types() {
        Map<String, String> extensions = new TreeMap<>();
        for (Record row : database.fetch(TYPES)) {
            String extension = row.get("extname", String.class);
            String schema = row.get("schema", String.class);
            String kind = row.get("kind", String.class);
            boolean simple = List.of("b", "e", "d").contains(kind);
            if (extension != null && EVERYWHERE.contains(extension)) {
                extensions.put(extension, row.get("place", String.class));
            } else if (!schema.equals("pg_catalog")
                    && !row.get("array", Boolean.class)
                    && !(schema.equals("public") && extension == null && simple && !kind.equals("b"))) {
                absent.add(row.get("column_type", Long.class));
            }
        }
        extensions.forEach((extension, schema) -> {
            if (!schema.equals("public") && !schema.equals("pg_catalog")) {
                before.append("CREATE SCHEMA IF NOT EXISTS ")
                        .append(quoted(schema))
                        .append(";\n");
            }
            before.append("CREATE EXTENSION IF NOT EXISTS ")
                    .append(quoted(extension))
                    .append(schema.equals("pg_catalog") ? "" : " SCHEMA " + quoted(schema))
                    .append(";\n");
        });
    }

    private ExistingTable table(long oid, String name) {
        List<ExistingColumn> columns = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Record row : database.fetch(COLUMNS, oid)) {
            ExistingColumn column = column(row);
            columns.add(column);
            if (!column.absent()) {
                lines.add(line(row, column));
            }
        }
        List<List<String>> keys = new ArrayList<>();
        List<ExistingTable.ForeignKey> foreignKeys = new ArrayList<>();
        for (Record row : database.fetch(CONSTRAINTS, oid)) {
            List<String> of = List.of(row.get("columns", String[].class));
            String type = row.get("type", String.class);
            boolean leads = tables.contains(row.get("confrelid", Long.class)) && row.get("leads", Boolean.class);
            boolean made = columns.stream().noneMatch(column -> column.absent() && of.contains(column.name()))
                    && !row.get("outside", Boolean.class)
                    && (leads || !type.equals("f"));
            String definition = "CONSTRAINT " + quoted(row.get("conname", String.class)) + " "
                    + row.get("definition", String.class);
            if (type.equals("f")) {
                // The name of what is not among these tables is that of none of them.
                foreignKeys.add(new ExistingTable.ForeignKey(
                        of, leads ? row.get("target", String.class) : outside(row.get("place", String.class))));
                after.append(made ? "ALTER TABLE " + quoted(name) + " ADD " + definition + ";\n" : "");
            } else if (made) {
                lines.add("    " + definition);
                if (!type.equals("c")) {
                    keys.add(of);
                }
            }
        }
        before.append("\nCREATE TABLE ").append(quoted(name)).append(" (\n");
        before.append(String.join(",\n", lines)).append("\n);\n");
        return new ExistingTable(name, columns, keys, foreignKeys);
    }

    private static String outside(String place) {
        return place.contains(".") ? place : "public." + place;
    }

    private ExistingColumn column(Record row) {
        boolean identity = row.get("identity", Boolean.class);
        boolean lacking = defines && absent.contains(row.get("atttypid", Long.class));
        return new ExistingColumn(
                row.get("attname", String.class),
                row.get("type", String.class),
                row.get("attnotnull", Boolean.class),
                identity || row.get("expression", String.class) != null,
                row.get("computed", Boolean.class) || identity || lacking,
                lacking);
    }

    private static String line(Record row, ExistingColumn column) {
        String expression = row.get("expression", String.class);
        String filled = "";
        if (row.get("identity", Boolean.class)) {
            filled = " GENERATED ALWAYS AS IDENTITY";
        } else if (expression != null && row.get("outside", Boolean.class)) {
            // Its functions are not here. That it has a default is what has to be known.
            filled = " DEFAULT CAST(NULLIF('x'::text, 'x'::text) AS " + column.type() + ")";
        } else if (expression != null) {
            filled = row.get("computed", Boolean.class)
                    ? " GENERATED ALWAYS AS (" + expression + ") STORED"
                    : " DEFAULT " + expression;
        }
        return "    " + quoted(column.name()) + " " + column.type() + filled + (column.notNull() ? " NOT NULL" : "");
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !io.docrows.scaffold.internal.choose.Names.isWord(name)
                ? name
                : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
