package io.docrows.scaffold.internal.schema;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
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

    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
                   a.attidentity <> '' AS identity, a.attgenerated <> '' AS computed,
                   pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """;

    private static final String CONSTRAINTS = """
            SELECT c.conname, c.contype::text AS type, pg_catalog.pg_get_constraintdef(c.oid) AS definition,
                   t.relname AS target,
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
            SELECT t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base, t.typnotnull,
                   ARRAY(SELECT pg_catalog.pg_get_constraintdef(c.oid) FROM pg_catalog.pg_constraint c
                         WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname) AS checks
            FROM pg_catalog.pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'd' ORDER BY t.oid
            """;

    private static final String SEQUENCES = """
            SELECT c.relname FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace
              AND c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')
            ORDER BY 1
            """;

    private static final String EXTENSIONS =
            "SELECT extname FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' ORDER BY 1";

    private final DSLContext database;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();

    private CatalogReader(Connection connection) {
        this.database = DSL.using(connection, SQLDialect.POSTGRES);
    }

    /** All that is there. */
    public static Tables read(Connection connection) {
        return new CatalogReader(connection).tables();
    }

    private Tables tables() {
        Map<String, List<String>> enums = new LinkedHashMap<>();
        Map<String, String> enumNames = new LinkedHashMap<>();
        for (Record row : database.fetch(EXTENSIONS)) {
            before.append("CREATE EXTENSION IF NOT EXISTS ")
                    .append(quoted(row.get(0, String.class)))
                    .append(";\n");
        }
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
        List<ExistingTable> tables = new ArrayList<>();
        for (Record row : database.fetch(TABLES)) {
            tables.add(table(row.get("oid", Long.class), row.get("relname", String.class)));
        }
        return new Tables(tables, enums, enumNames, before.toString() + after);
    }

    private ExistingTable table(long oid, String name) {
        List<ExistingColumn> columns = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Record row : database.fetch(COLUMNS, oid)) {
            String type = row.get("type", String.class);
            boolean identity = row.get("identity", Boolean.class);
            boolean computed = row.get("computed", Boolean.class);
            String expression = row.get("expression", String.class);
            boolean notNull = row.get("attnotnull", Boolean.class);
            columns.add(new ExistingColumn(
                    row.get("attname", String.class),
                    type,
                    notNull,
                    identity || expression != null,
                    computed || identity));
            String filled = identity
                    ? " GENERATED ALWAYS AS IDENTITY"
                    : expression == null
                            ? ""
                            : computed ? " GENERATED ALWAYS AS (" + expression + ") STORED" : " DEFAULT " + expression;
            lines.add("    " + quoted(row.get("attname", String.class)) + " " + type + filled
                    + (notNull ? " NOT NULL" : ""));
        }
        List<List<String>> keys = new ArrayList<>();
        List<ExistingTable.ForeignKey> foreignKeys = new ArrayList<>();
        for (Record row : database.fetch(CONSTRAINTS, oid)) {
            List<String> of = List.of(row.get("columns", String[].class));
            String definition = "CONSTRAINT " + quoted(row.get("conname", String.class)) + " "
                    + row.get("definition", String.class);
            if (row.get("type", String.class).equals("f")) {
                foreignKeys.add(new ExistingTable.ForeignKey(of, row.get("target", String.class)));
                after.append("ALTER TABLE ")
                        .append(quoted(name))
                        .append(" ADD ")
                        .append(definition)
                        .append(";\n");
            } else {
                lines.add("    " + definition);
                if (!row.get("type", String.class).equals("c")) {
                    keys.add(of);
                }
            }
        }
        before.append("\nCREATE TABLE ").append(quoted(name)).append(" (\n");
        before.append(String.join(",\n", lines)).append("\n);\n");
        return new ExistingTable(name, columns, keys, foreignKeys);
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !io.docrows.scaffold.internal.choose.Names.isWord(name)
                ? name
                : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
