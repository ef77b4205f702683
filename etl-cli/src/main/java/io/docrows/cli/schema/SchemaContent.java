package io.docrows.cli.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a schema holds, each thing told as what it is. What belongs to an extension, or to a table, is not told. */
final class SchemaContent {

    private static final int TOLD = 3;
    private static final int LONGEST_NAME = 40;

    private static final String CONTENT = """
            WITH content (rank, kind, name, class, object) AS (
                SELECT 1, CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
                              WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'sequence' END,
                       c.relname, 'pg_class'::regclass, c.oid
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                UNION ALL
                SELECT 2, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
                       p.proname, 'pg_proc'::regclass, p.oid
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = ?
                UNION ALL
                SELECT 3, CASE t.typtype WHEN 'e' THEN 'enum type' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type'
                              WHEN 'c' THEN 'composite type' ELSE 'type' END,
                       t.typname, 'pg_type'::regclass, t.oid
                FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_class c ON c.oid = t.typrelid
                WHERE n.nspname = ? AND t.typtype <> 'm' AND t.typcategory <> 'A' AND (c.oid IS NULL OR c.relkind = 'c')
            )
            SELECT kind, name FROM content
            WHERE NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = class AND d.objid = object AND (d.deptype IN ('e', 'i') OR d.deptype = 'a' AND kind = 'sequence'))
            ORDER BY rank, name
            """;

    private final List<String> things;

    private SchemaContent(List<String> things) {
        this.things = List.copyOf(things);
    }

    /** What is in a schema; nothing, if there is no such schema. Needs the catalogue's search path. */
    static SchemaContent of(Connection connection, String schema) throws SQLException {
        List<String> things = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CONTENT)) {
            for (int parameter = 1; parameter <= 3; parameter++) {
                statement.setString(parameter, schema);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    things.add("the " + rows.getString(1) + " " + shown(rows.getString(2)));
                }
            }
        }
        return new SchemaContent(things);
    }

    boolean isEmpty() {
        return things.isEmpty();
    }

    /** The first few, such as {@code the table t, the function f and 5 more}. */
    @Override
    public String toString() {
        if (things.size() > TOLD + 1) {
            return String.join(", ", things.subList(0, TOLD)) + " and " + (things.size() - TOLD) + " more";
        }
        return things.size() < 2
                ? String.join("", things)
                : String.join(", ", things.subList(0, things.size() - 1)) + " and " + things.get(things.size() - 1);
    }

    /** Somebody else's name: it forges no line, and is no longer than a name should be. */
    private static String shown(String name) {
        String plain = name.replaceAll("\\p{C}", "?");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME) + "…";
    }
}
