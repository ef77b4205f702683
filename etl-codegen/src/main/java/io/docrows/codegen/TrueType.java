package io.docrows.codegen;

import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.meta.Database;
import org.jooq.meta.DefaultDataTypeDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's catalog says of a column or of a domain, domains followed down to the type below all of them. jOOQ
 * asks the information schema, which follows one of them, and shows no scale below zero. Immutable.
 *
 * @param domain the domain, with its schema; null if the type is not one
 * @param baseSchema the schema of the type below, or of that of the elements for an array
 * @param baseName the name of that type
 * @param type the same as the information schema names it
 * @param array whether the type below is an array
 * @param length most characters, if declared
 * @param precision digits of a number, or of the fraction of a second, if there are such
 * @param scale decimal places of a number, below zero for {@code numeric(3,-2)}, if declared
 * @param notNull whether the column, or a domain, refuses NULL
 * @param expression the default as SQL, the domain's where the column has none of its own
 * @param generated whether PostgreSQL computes the column
 */
record TrueType(
        @Nullable Name domain,
        String baseSchema,
        String baseName,
        String type,
        boolean array,
        @Nullable Integer length,
        @Nullable Integer precision,
        @Nullable Integer scale,
        boolean notNull,
        @Nullable String expression,
        boolean generated) {

    /** Ends in the types themselves: no domain is left in {@code below}. Needs {@code declared}. */
    private static final String BELOW = """
            , followed AS (
              SELECT name, typid, typmod, false AS notnull FROM declared
              UNION ALL
              SELECT f.name, t.typbasetype, CASE WHEN f.typmod = -1 THEN t.typtypmod ELSE f.typmod END,
                     f.notnull OR t.typnotnull
              FROM followed f JOIN pg_catalog.pg_type t ON t.oid = f.typid WHERE t.typtype = 'd'
            )
            SELECT d.name, d.notnull OR f.notnull AS notnull, d.generated,
                   COALESCE(d.expression, pg_catalog.pg_get_expr(dt.typdefaultbin, 0)) AS expression,
                   CASE WHEN dt.typtype = 'd' THEN dn.nspname END AS domain_schema, dt.typname AS domain_name,
                   bn.nspname AS base_schema, b.typname AS base_name, e.oid IS NOT NULL AS is_array,
                   CASE WHEN bn.nspname = 'pg_catalog' THEN pg_catalog.format_type(b.oid, NULL) ELSE 'USER-DEFINED' END AS type,
                   information_schema._pg_char_max_length(b.oid, f.typmod) AS length,
                   COALESCE(information_schema._pg_datetime_precision(b.oid, f.typmod),
                            information_schema._pg_numeric_precision(b.oid, f.typmod)) AS precision,
                   CASE WHEN b.oid <> 1700 THEN information_schema._pg_numeric_scale(b.oid, f.typmod)
                        WHEN f.typmod <> -1 THEN (((f.typmod - 4) & 2047) # 1024) - 1024 END AS scale
            FROM declared d
            JOIN pg_catalog.pg_type dt ON dt.oid = d.typid
            JOIN pg_catalog.pg_namespace dn ON dn.oid = dt.typnamespace
            JOIN followed f ON f.name = d.name
            JOIN pg_catalog.pg_type c ON c.oid = f.typid AND c.typtype <> 'd'
            LEFT JOIN pg_catalog.pg_type e ON e.oid = c.typelem AND c.typcategory = 'A'
            JOIN pg_catalog.pg_type b ON b.oid = COALESCE(e.oid, c.oid)
            JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
            """;

    private static final String COLUMNS = """
            WITH RECURSIVE declared AS (
              SELECT a.attname AS name, a.atttypid AS typid, a.atttypmod AS typmod,
                     a.attnotnull AND c.relkind <> 'v' AS notnull, a.attgenerated <> '' AS generated,
                     CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(x.adbin, x.adrelid) END AS expression
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum
              WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
            )
            """;

    private static final String DOMAINS = """
            WITH RECURSIVE declared AS (
              SELECT t.typname AS name, t.oid AS typid, -1 AS typmod, false AS notnull, false AS generated,
                     NULL::text AS expression
              FROM pg_catalog.pg_type t
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
              WHERE n.nspname = ? AND t.typtype = 'd'
            )
            """;

    /** The columns of a table or view, by name. */
    static Map<String, TrueType> ofColumns(DSLContext database, String schema, String table) {
        return byName(database, COLUMNS + BELOW, schema, table);
    }

    /** The domains of a schema, by name. */
    static Map<String, TrueType> ofDomains(DSLContext database, String schema) {
        return byName(database, DOMAINS + BELOW, schema);
    }

    private static Map<String, TrueType> byName(DSLContext database, String query, Object... values) {
        Map<String, TrueType> types = new HashMap<>();
        for (Record row : database.fetch(query, values)) {
            String domainSchema = row.get("domain_schema", String.class);
            types.put(
                    row.get("name", String.class),
                    new TrueType(
                            domainSchema == null ? null : DSL.name(domainSchema, row.get("domain_name", String.class)),
                            row.get("base_schema", String.class),
                            row.get("base_name", String.class),
                            row.get("type", String.class),
                            row.get("is_array", Boolean.class),
                            row.get("length", Integer.class),
                            row.get("precision", Integer.class),
                            row.get("scale", Integer.class),
                            row.get("notnull", Boolean.class),
                            row.get("expression", String.class),
                            row.get("generated", Boolean.class)));
        }
        return types;
    }

    /** A column of this type: by its domain, where it has one that can be generated. */
    DefaultDataTypeDefinition ofColumn(Database database, boolean nullable, boolean identity) {
        Name named = domain != null && !array ? domain : DSL.name(baseSchema, baseName);
        return definition(database, array ? baseName + " ARRAY" : type, named, nullable, identity);
    }

    /** The type below a domain. */
    DefaultDataTypeDefinition belowDomain(Database database) {
        return definition(database, baseName, DSL.name(baseSchema, baseName), !notNull, false);
    }

    private DefaultDataTypeDefinition definition(
            Database database, String typeName, Name named, boolean nullable, boolean identity) {
        SchemaDefinition schema = database.getSchema(named.first());
        return new DefaultDataTypeDefinition(
                        database,
                        schema,
                        typeName,
                        length,
                        precision,
                        scale,
                        nullable,
                        identity ? null : expression,
                        named)
                .readonly(generated);
    }
}
