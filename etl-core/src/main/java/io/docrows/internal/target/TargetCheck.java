package io.docrows.internal.target;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DataType;
import org.jooq.EnumType;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Compares the tables that a mapping was compiled for with those that are there, before anything is written: columns
 * and their types, enum labels, NOT NULL, and the unique constraint of the key.
 */
public final class TargetCheck {

    private static final String COLUMNS = """
            SELECT a.attname, a.attnotnull, t.typtype, t.typcategory,
                   pg_get_expr(d.adbin, d.adrelid) AS default_expression,
                   format_type(a.atttypid, a.atttypmod) AS type_name,
                   pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) AS own_sequence,
                   a.attidentity <> '' OR a.attgenerated <> '' AS generated,
                   COALESCE(NULLIF(t.typbasetype, 0), t.oid) AS base_type,
                   CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
                   ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String UNIQUE = """
            SELECT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = ?)
            """;

    private final Connection connection;
    private final Set<String> deferred;
    private final List<String> problems = new ArrayList<>();

    private TargetCheck(Connection connection, Set<String> deferred) {
        this.connection = connection;
        this.deferred = deferred;
    }

    /**
     * Checks all mapped tables at once.
     *
     * @param connection a connection to the target
     * @param mappings what is going to be loaded
     * @param deferred columns, as {@code "schema"."table".column}, whose unique constraint waits to be rebuilt
     * @return each mapping's catalog entry
     * @throws SQLException if the catalog cannot be read
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, listing everything that differs
     */
    public static Map<CollectionMapping<?>, TableCatalog> run(
            Connection connection, List<CollectionMapping<?>> mappings, Set<String> deferred) throws SQLException {
        TargetCheck check = new TargetCheck(connection, deferred);
        Map<CollectionMapping<?>, TableCatalog> catalogs = new HashMap<>();
        for (CollectionMapping<?> mapping : mappings) {
            catalogs.put(mapping, check.mapping(mapping));
        }
        if (!check.problems.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.TARGET_SCHEMA_MISMATCH,
                    "the target is not the one that the mappings were compiled for: "
                            + String.join("; ", check.problems)
                            + ". Migrate the target, or rebuild against its schema.");
        }
        return catalogs;
    }

    private TableCatalog mapping(CollectionMapping<?> mapping) throws SQLException {
        Set<TableField<?, ?>> used = new LinkedHashSet<>();
        Set<TableField<?, ?>> unique = new LinkedHashSet<>();
        unique.add(mapping.key());
        for (ColumnMapping column : mapping.columns()) {
            used.add(column.column());
        }
        for (ReferenceMapping<?> reference : mapping.references()) {
            used.add(reference.column());
            used.add(reference.parentKey());
            used.add(reference.parentId());
            unique.add(reference.parentKey());
        }
        for (JoinMapping join : mapping.joins()) {
            used.addAll(List.of(
                    join.join().owner(), join.join().other(), join.join().lookup(), join.ownerId(), join.otherId()));
            unique.add(join.join().lookup());
        }
        Map<Table<?>, Map<String, Column>> tables = new HashMap<>();
        for (TableField<?, ?> field : used) {
            Table<?> table = QualifiedName.tableOf(field);
            if (!tables.containsKey(table)) {
                tables.put(table, columns(table));
            }
            compare(field, table, tables.get(table));
        }
        for (TableField<?, ?> field : unique) {
            if (!tables.getOrDefault(QualifiedName.tableOf(field), Map.of()).isEmpty()
                    && !deferred.contains(QualifiedName.of(QualifiedName.tableOf(field)) + "." + field.getName())
                    && !isUnique(field)) {
                problems.add(name(field) + " has no unique index");
            }
        }
        Map<String, Column> own = tables.getOrDefault(mapping.table(), Map.of());
        unmapped(mapping, used, own);
        Map<String, String> defaults = new HashMap<>();
        Map<String, String> sequences = new HashMap<>();
        own.forEach((column, found) -> {
            if (found.sequence() != null) {
                sequences.put(column, found.sequence());
            }
            if (found.defaultExpression() != null) {
                defaults.put(column, found.defaultExpression());
            }
        });
        return new TableCatalog(defaults, sequences, equalities(tables.keySet()));
    }

    private Map<String, ColumnEquality> equalities(Set<Table<?>> tables) throws SQLException {
        Map<String, ColumnEquality> equalities = new HashMap<>();
        for (Table<?> table : tables) {
            ColumnEquality.of(connection, table)
                    .forEach((column, equality) -> equalities.put(QualifiedName.text(table) + "." + column, equality));
        }
        return equalities;
    }

    private void unmapped(CollectionMapping<?> mapping, Set<TableField<?, ?>> used, Map<String, Column> own) {
        Set<String> mapped = new LinkedHashSet<>();
        for (TableField<?, ?> field : used) {
            if (mapping.table().equals(field.getTable())) {
                mapped.add(field.getName());
            }
        }
        own.forEach((column, found) -> {
            if (found.notNull()
                    && !found.generated()
                    && found.defaultExpression() == null
                    && !mapped.contains(column)) {
                problems.add(
                        mapping.table().getName() + "." + column + " is NOT NULL without a default, and is not mapped");
            }
        });
    }

    private void compare(TableField<?, ?> field, Table<?> table, Map<String, Column> columns) {
        if (columns.isEmpty()) {
            String missing = "the table " + QualifiedName.text(table) + " does not exist";
            if (!problems.contains(missing)) {
                problems.add(missing);
            }
            return;
        }
        Column column = columns.get(field.getName());
        if (column == null) {
            problems.add(name(field) + " does not exist");
            return;
        }
        DataType<?> type = field.getDataType();
        if (column.notNull() && type.nullable()) {
            problems.add(name(field) + " is NOT NULL, but was nullable");
        }
        if (EnumType.class.isAssignableFrom(type.getType())) {
            labels(field, column);
        } else if (!sameType(type, column)) {
            problems.add(
                    name(field) + " has the type " + column.typeName() + ", but was " + type.getCastTypeName(POSTGRES));
        } else if (TypeModifier.rounds(column.modifier(), type)) {
            problems.add(name(field) + " has the type " + column.typeName()
                    + ", which would round values that its generated class takes for exact");
        }
    }

    private static final DefaultConfiguration POSTGRES = postgres();

    private static DefaultConfiguration postgres() {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES);
        return configuration;
    }

    private void labels(TableField<?, ?> field, Column column) {
        List<String> known = new ArrayList<>();
        for (Object constant : field.getType().getEnumConstants()) {
            known.add(((EnumType) constant).getLiteral());
        }
        List<String> absent = new ArrayList<>(known);
        absent.removeAll(column.labels());
        if (!absent.isEmpty()) {
            problems.add(name(field) + " does not know the labels " + absent);
        }
    }

    private static boolean sameType(DataType<?> type, Column column) {
        if (type.getType() == String.class) {
            // text, varchar, citext and domains over them are all sent as text; a name is too short for most texts.
            return column.category().equals("S") && !column.typeName().equals("name");
        }
        return column.baseType() == column.expected().getOrDefault(typeName(type), -1L);
    }

    private static String typeName(DataType<?> type) {
        // Without length, precision and scale, which to_regtype would take but an oid does not show.
        return type.getTypeName(POSTGRES).replaceAll("\\(.*?\\)", "");
    }

    private Map<String, Column> columns(Table<?> table) throws SQLException {
        Map<String, Long> expected = new HashMap<>();
        for (org.jooq.Field<?> field : table.fields()) {
            expected.computeIfAbsent(typeName(field.getDataType()), name -> 0L);
        }
        try (PreparedStatement resolve = connection.prepareStatement("SELECT to_regtype(?)::oid::int8")) {
            for (Map.Entry<String, Long> entry : expected.entrySet()) {
                resolve.setString(1, entry.getKey());
                try (ResultSet rows = resolve.executeQuery()) {
                    rows.next();
                    entry.setValue(rows.getLong(1));
                }
            }
        }
        Map<String, Column> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, QualifiedName.of(table).toString());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(
                            rows.getString("attname"),
                            new Column(
                                    rows.getBoolean("attnotnull"),
                                    rows.getBoolean("generated"),
                                    rows.getString("default_expression"),
                                    rows.getString("own_sequence"),
                                    rows.getString("typcategory"),
                                    rows.getString("type_name"),
                                    rows.getLong("base_type"),
                                    rows.getInt("modifier"),
                                    List.of((String[]) rows.getArray("labels").getArray()),
                                    expected));
                }
            }
        }
        return columns;
    }

    private boolean isUnique(TableField<?, ?> field) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE)) {
            statement.setString(
                    1, QualifiedName.of(QualifiedName.tableOf(field)).toString());
            statement.setString(2, field.getName());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private static String name(TableField<?, ?> field) {
        return QualifiedName.tableOf(field).getName() + "." + field.getName();
    }

    private record Column(
            boolean notNull,
            boolean generated,
            @Nullable String defaultExpression,
            @Nullable String sequence,
            String category,
            String typeName,
            long baseType,
            int modifier,
            List<String> labels,
            Map<String, Long> expected) {}
}
