package io.docrows.internal.target;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.metadata.BookkeepingTables;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.KeyClaimStatements;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DataType;
import org.jooq.EnumType;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Compares the tables that a mapping was compiled for with those that are there, before anything is written: columns
 * and their types, enum labels, NOT NULL, and the unique constraint of the key.
 */
public final class TargetCheck {

    private final Connection connection;
    private final DeclaredTypes declared;
    private final Map<String, ColumnType<?>> types = new HashMap<>();
    private final Set<String> dropped;
    private final List<String> problems = new ArrayList<>();

    private TargetCheck(Connection connection, Set<String> dropped) {
        this.connection = connection;
        this.declared = new DeclaredTypes(connection);
        this.dropped = dropped;
    }

    /**
     * Checks all mapped tables at once.
     *
     * @param connection a connection to the target
     * @param mappings what is going to be loaded
     * @param dropped columns, as {@link DroppedConstraint#unique} writes them, whose unique constraint waits to be
     *     rebuilt
     * @return each mapping's catalog entry
     * @throws SQLException if the catalog cannot be read
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, listing everything that differs
     */
    public static Map<CollectionMapping<?>, TableCatalog> run(
            Connection connection, List<CollectionMapping<?>> mappings, Set<String> dropped) throws SQLException {
        TargetCheck check = new TargetCheck(connection, dropped);
        Map<CollectionMapping<?>, TableCatalog> catalogs = new HashMap<>();
        for (CollectionMapping<?> mapping : mappings) {
            catalogs.put(mapping, check.mapping(mapping));
        }
        if (!check.problems.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.TARGET_SCHEMA_MISMATCH,
                    "The target is not the one that the mappings were compiled for: "
                            + String.join("; ", check.problems)
                            + ". Migrate the target, or rebuild against its schema.");
        }
        return catalogs;
    }

    /**
     * What the target says of a mapping's tables, which were compared before.
     *
     * @param connection a connection to the target
     * @param mapping the mapping
     * @return its catalog
     * @throws SQLException if PostgreSQL fails
     */
    public static TableCatalog catalog(Connection connection, CollectionMapping<?> mapping) throws SQLException {
        return new TargetCheck(connection, Set.of()).mapping(mapping);
    }

    private TableCatalog mapping(CollectionMapping<?> mapping) throws SQLException {
        Set<TableField<?, ?>> used = new LinkedHashSet<>();
        Set<List<TableField<?, ?>>> unique = new LinkedHashSet<>();
        unique.add(List.copyOf(mapping.key()));
        use(mapping, used, unique);
        for (JoinMapping join : mapping.joins()) {
            used.addAll(List.of(
                    join.join().owner(), join.join().other(), join.join().lookup(), join.ownerId(), join.otherId()));
            unique.add(List.of(join.join().lookup()));
        }
        Map<Table<?>, Map<String, TargetColumn>> tables = new HashMap<>();
        for (TableField<?, ?> field : used) {
            Table<?> table = QualifiedName.tableOf(field);
            if (!tables.containsKey(table)) {
                tables.put(table, TargetColumn.of(connection, table));
            }
            compare(field, table, tables.get(table));
        }
        for (List<TableField<?, ?>> fields : unique) {
            TableField<?, ?> first = fields.get(0);
            String problem =
                    tables.getOrDefault(QualifiedName.tableOf(first), Map.of()).isEmpty() ? null : problem(fields);
            if (problem != null) {
                problems.add(
                        fields.stream().map(TargetCheck::name).collect(Collectors.joining(" and ")) + " " + problem);
            }
        }
        keys(used, values(mapping, new LinkedHashSet<>()));
        written(mapping, tables);
        Map<String, String> defaults = new HashMap<>();
        Map<String, String> constants = new HashMap<>();
        Map<String, String> sequences = new HashMap<>();
        tables.forEach((table, columns) -> columns.forEach((column, found) -> {
            String name = QualifiedName.text(table) + "." + column;
            if (found.sequence() != null) {
                sequences.put(name, found.sequence());
            }
            if (found.defaultExpression() != null) {
                defaults.put(name, found.defaultExpression());
            }
            String constant = found.constantDefault();
            if (constant != null) {
                constants.put(name, constant);
            }
        }));
        return new TableCatalog(
                defaults,
                constants,
                sequences,
                types,
                equalities(tables.keySet()),
                settling(mapping),
                isClaimed(mapping.key()),
                StoredText.of(connection));
    }

    /** What keeps columns from being a key, once it is rebuilt what waits for that; null if nothing does. */
    private @Nullable String problem(List<? extends TableField<?, ?>> columns) throws SQLException {
        String unique = DroppedConstraint.unique(
                QualifiedName.of(QualifiedName.tableOf(columns.get(0))).toString(),
                columns.stream().map(TableField::getName).toList());
        return dropped.contains(unique) ? null : UniqueIndex.problem(connection, columns);
    }

    private Set<String> settling(CollectionMapping<?> mapping) throws SQLException {
        Set<String> settling = new HashSet<>();
        for (JoinMapping join : mapping.joins()) {
            if (problem(List.of(join.join().owner(), join.join().other())) == null) {
                settling.add(QualifiedName.text(join.join().table()));
            }
        }
        return settling;
    }

    /** The columns that nothing refers to, and nothing is found by. */
    private static Set<TableField<?, ?>> values(TableMapping mapping, Set<TableField<?, ?>> values) {
        mapping.columns().forEach(column -> values.add(column.column()));
        if (mapping instanceof CollectionMapping<?> collection) {
            values.removeAll(collection.key());
        } else if (mapping instanceof ChildMapping child) {
            values.removeAll(child.identity());
        }
        mapping.children().forEach(child -> values(child, values));
        return values;
    }

    /** What only the server can make a value of can be compared with nothing before it is in a staging table. */
    private void keys(Set<TableField<?, ?>> used, Set<TableField<?, ?>> values) {
        for (TableField<?, ?> field : used) {
            ColumnType<?> type = types.get(QualifiedName.text(field));
            if (type != null && type.stagedForm() != null && !values.contains(field)) {
                problems.add(
                        name(field) + " identifies rows, but has a type that PostgreSQL makes of texts, by which no row"
                                + " can be looked up: make it text, uuid, bytea or a whole number");
            }
        }
    }

    private boolean isClaimed(List<? extends TableField<?, ?>> key) throws SQLException {
        return BookkeepingTables.hasClaims(connection)
                && BookkeepingTables.canRead(connection, "key_claim")
                && Statements.count(connection, KeyClaimStatements.countAny(QualifiedName.tableOf(key.get(0)), key))
                        > 0;
    }

    private Map<String, ColumnEquality> equalities(Set<Table<?>> tables) throws SQLException {
        Map<String, ColumnEquality> equalities = new HashMap<>();
        for (Table<?> table : tables) {
            ColumnEquality.of(connection, table)
                    .forEach((column, equality) -> equalities.put(QualifiedName.text(table) + "." + column, equality));
        }
        return equalities;
    }

    /** All columns that a table and those below it use, and what must be unique. */
    private static void use(TableMapping mapping, Set<TableField<?, ?>> used, Set<List<TableField<?, ?>>> unique) {
        mapping.columns().forEach(column -> used.add(column.column()));
        for (ReferenceMapping<?> reference : mapping.references()) {
            used.add(reference.column());
            used.add(reference.parentKey());
            used.add(reference.parentId());
            unique.add(List.of(reference.parentKey()));
        }
        for (ChildMapping child : mapping.children()) {
            List<TableField<?, ?>> identity = new ArrayList<>();
            for (ChildMapping.ParentColumn column : child.parentColumns()) {
                used.add(column.parent());
                used.add(column.column());
                identity.add(column.column());
            }
            identity.addAll(child.identity());
            unique.add(identity);
            use(child, used, unique);
        }
    }

    private static void write(TableMapping mapping, Map<Table<?>, Set<TableField<?, ?>>> written) {
        Set<TableField<?, ?>> own = written.computeIfAbsent(mapping.table(), table -> new LinkedHashSet<>());
        mapping.columns().forEach(column -> own.add(column.column()));
        for (ReferenceMapping<?> reference : mapping.references()) {
            own.add(reference.column());
            if (reference.insertMissing()) {
                insert(reference.parentKey(), written);
            }
        }
        for (ChildMapping child : mapping.children()) {
            Set<TableField<?, ?>> ofChild = written.computeIfAbsent(child.table(), table -> new LinkedHashSet<>());
            child.parentColumns().forEach(column -> ofChild.add(column.column()));
            write(child, written);
        }
    }

    private static void insert(TableField<?, ?> lookup, Map<Table<?>, Set<TableField<?, ?>>> written) {
        written.computeIfAbsent(QualifiedName.tableOf(lookup), table -> new LinkedHashSet<>())
                .add(lookup);
    }

    /** Whether rows can be written as the mapping writes them: into all tables of the tree, and its lookup tables. */
    private void written(CollectionMapping<?> mapping, Map<Table<?>, Map<String, TargetColumn>> tables) {
        Map<Table<?>, Set<TableField<?, ?>>> written = new LinkedHashMap<>();
        write(mapping, written);
        for (JoinMapping join : mapping.joins()) {
            written.computeIfAbsent(join.join().table(), table -> new LinkedHashSet<>())
                    .addAll(List.of(join.join().owner(), join.join().other()));
            if (join.join().insertsMissing()) {
                insert(join.join().lookup(), written);
            }
        }
        written.forEach((table, fields) -> {
            Map<String, TargetColumn> columns = tables.getOrDefault(table, Map.of());
            Set<String> names = new LinkedHashSet<>();
            for (TableField<?, ?> field : fields) {
                names.add(field.getName());
                TargetColumn column = columns.get(field.getName());
                String refusal = column == null ? null : column.refusesValues();
                if (refusal != null) {
                    problems.add(name(field) + " " + refusal);
                }
            }
            columns.forEach((name, column) -> {
                if (column.isDemanded() && !names.contains(name)) {
                    problems.add(table.getName() + "." + name + " is NOT NULL without a default, and is not mapped");
                }
            });
        });
        defaulted(mapping, tables);
    }

    private void defaulted(TableMapping mapping, Map<Table<?>, Map<String, TargetColumn>> tables) {
        for (ColumnMapping mapped : mapping.columns()) {
            TargetColumn column = tables.getOrDefault(mapping.table(), Map.of())
                    .get(mapped.column().getName());
            if (column != null && column.isDemanded() && mapped.keepsOldValue()) {
                problems.add(name(mapped.column()) + " is NOT NULL without a default, but had one");
            }
        }
        mapping.children().forEach(child -> defaulted(child, tables));
    }

    private void compare(TableField<?, ?> field, Table<?> table, Map<String, TargetColumn> columns)
            throws SQLException {
        if (columns.isEmpty()) {
            String missing = "the table " + QualifiedName.text(table) + " does not exist";
            if (!problems.contains(missing)) {
                problems.add(missing);
            }
            return;
        }
        TargetColumn column = columns.get(field.getName());
        if (column == null) {
            problems.add(name(field) + " does not exist");
            return;
        }
        DataType<?> type = field.getDataType();
        if (column.notNull() && type.nullable()) {
            problems.add(name(field) + " is NOT NULL, but was nullable");
        }
        Class<?> elements = elements(type).getType();
        if (!declared.is(type, column.type())) {
            problems.add(name(field) + " has the type " + column.typeName() + ", but was " + declared.name(type));
        } else if (column.type().dropsFields()) {
            problems.add(name(field) + " has the type " + column.typeName()
                    + ", which drops parts of a value without a word: make it interval");
        } else if (EnumType.class.isAssignableFrom(elements)) {
            labels(field, elements, column);
        }
        ColumnType.of(field, column.type()).ifPresent(found -> types.put(QualifiedName.text(field), found));
    }

    private static DataType<?> elements(DataType<?> type) {
        DataType<?> elements = type;
        for (DataType<?> next = type; next != null; next = next.getArrayComponentDataType()) {
            elements = next;
        }
        return elements;
    }

    private void labels(TableField<?, ?> field, Class<?> type, TargetColumn column) {
        List<String> known = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            known.add(((EnumType) constant).getLiteral());
        }
        List<String> absent = new ArrayList<>(known);
        absent.removeAll(column.labels());
        if (!absent.isEmpty()) {
            problems.add(name(field) + " does not know the labels " + absent);
        }
    }

    private static String name(TableField<?, ?> field) {
        return QualifiedName.tableOf(field).getName() + "." + field.getName();
    }
}
