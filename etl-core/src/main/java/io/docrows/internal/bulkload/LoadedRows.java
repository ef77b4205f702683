package io.docrows.internal.bulkload;

import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.TableMapping;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Named;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * What holds of the rows that a load writes even where no constraint says so: what a reference, a join table or a table
 * below another leads to was looked up, and what tells rows below a document apart was compared. All else is for
 * PostgreSQL to refuse. Tables are named as {@code schema.table}, quoted.
 */
final class LoadedRows {

    /**
     * One column that leads to another table.
     *
     * @param column its name
     * @param table the other table
     * @param other the column there whose value it has
     */
    record Tie(String column, String table, String other) {}

    /** The columns that tell rows apart, and all that are filled. */
    private record Below(Set<String> identity, Set<String> filled) {}

    private final Map<String, Set<Tie>> ties = new HashMap<>();
    private final Set<String> documents = new HashSet<>();
    private final Map<String, Below> below = new HashMap<>();
    private final Set<String> filledTwice = new HashSet<>();

    private LoadedRows() {}

    /** What holds whichever of some mappings writes a row. */
    static LoadedRows of(Collection<CollectionMapping<?>> mappings) {
        LoadedRows rows = new LoadedRows();
        for (CollectionMapping<?> mapping : mappings) {
            rows.documents.add(name(mapping.table()));
            rows.add(mapping);
            for (JoinMapping join : mapping.joins()) {
                TableField<?, ?> owner = join.join().owner();
                TableField<?, ?> other = join.join().other();
                rows.add(join.join().table(), Set.of(tie(owner, join.ownerId()), tie(other, join.otherId())));
                Set<String> both = Set.of(owner.getName(), other.getName());
                rows.add(join.join().table(), new Below(both, both));
            }
        }
        return rows;
    }

    private void add(TableMapping mapping) {
        Set<Tie> own = new HashSet<>();
        mapping.references().forEach(reference -> own.add(tie(reference.column(), reference.parentId())));
        if (mapping instanceof ChildMapping child) {
            Set<String> identity = names(child.identity());
            child.parentColumns().forEach(up -> {
                own.add(tie(up.column(), up.parent()));
                identity.add(up.column().getName());
            });
            Set<String> filled = new HashSet<>(identity);
            child.columns().forEach(column -> filled.add(column.column().getName()));
            child.references()
                    .forEach(reference -> filled.add(reference.column().getName()));
            add(child.table(), new Below(identity, filled));
        }
        add(mapping.table(), own);
        mapping.children().forEach(this::add);
    }

    /** Of a table that is filled in several ways only what holds of all of them. */
    private void add(Table<?> table, Set<Tie> own) {
        ties.merge(
                name(table),
                own,
                (one, other) -> one.stream().filter(other::contains).collect(Collectors.toSet()));
    }

    private void add(Table<?> table, Below rows) {
        if (below.put(name(table), rows) != null) {
            filledTwice.add(name(table));
        }
    }

    private static Tie tie(TableField<?, ?> column, TableField<?, ?> other) {
        return new Tie(column.getName(), name(QualifiedName.tableOf(other)), other.getName());
    }

    private static String name(Table<?> table) {
        return QualifiedName.of(table).toString();
    }

    private static Set<String> names(List<? extends Named> columns) {
        return columns.stream().map(Named::getName).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * The columns of a table whose values are those of rows that are there.
     *
     * @param table the table
     * @return where they lead
     */
    List<Tie> ties(String table) {
        return List.copyOf(ties.getOrDefault(table, Set.of()));
    }

    /**
     * Whether a unique constraint can be missing while rows are copied: no two rows have the same values in its
     * columns, or it is one of a table of documents, where such rows are found afterwards.
     *
     * @param table the table
     * @param columns the constraint's columns
     * @param generated those that by default get a value which no other row has
     * @return false if PostgreSQL has to see to it
     */
    boolean canLack(String table, List<String> columns, List<String> generated) {
        if (documents.contains(table)) {
            return true;
        }
        Below rows = below.get(table);
        return rows != null
                && ((columns.containsAll(rows.identity()) && !filledTwice.contains(table))
                        || generated.stream().anyMatch(column -> !rows.filled().contains(column)));
    }
}
