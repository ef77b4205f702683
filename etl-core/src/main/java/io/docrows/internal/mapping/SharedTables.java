package io.docrows.internal.mapping;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.Sameness;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Tables that several mappings of a pipeline fill. */
public final class SharedTables {

    private SharedTables() {}

    /**
     * Finds a table that mappings fill in ways that do not go together: as the documents' own and below another one.
     *
     * @param mappings mappings
     * @return the first such table
     */
    public static Optional<Table<?>> contradiction(List<CollectionMapping<?>> mappings) {
        Map<Table<?>, List<Table<?>>> above = new HashMap<>();
        for (CollectionMapping<?> mapping : mappings) {
            for (Map.Entry<Table<?>, List<Table<?>>> one : above(mapping).entrySet()) {
                List<Table<?>> known = above.putIfAbsent(one.getKey(), one.getValue());
                if (known != null && !known.equals(one.getValue())) {
                    return Optional.of(one.getKey());
                }
            }
        }
        return Optional.empty();
    }

    /** The tables that a mapping fills, each with those above it. */
    private static Map<Table<?>, List<Table<?>>> above(CollectionMapping<?> mapping) {
        Map<Table<?>, List<Table<?>>> above = new HashMap<>();
        above.put(mapping.table(), List.of());
        for (JoinMapping join : mapping.joins()) {
            above.put(join.join().table(), List.of(mapping.table()));
        }
        addChildren(mapping.children(), List.of(mapping.table()), above);
        return above;
    }

    private static void addChildren(
            List<ChildMapping> children, List<Table<?>> parents, Map<Table<?>, List<Table<?>>> above) {
        for (ChildMapping child : children) {
            above.put(child.table(), parents);
            List<Table<?>> more = new ArrayList<>(parents);
            more.add(child.table());
            addChildren(child.children(), List.copyOf(more), above);
        }
    }

    /**
     * Lets mappings know of each other that fill one table, while nothing tells their rows apart.
     *
     * @param mappings the mappings of a pipeline
     * @return the same, in the same order
     */
    public static List<CollectionMapping<?>> aware(List<CollectionMapping<?>> mappings) {
        List<CollectionMapping<?>> aware = new ArrayList<>();
        for (CollectionMapping<?> mapping : mappings) {
            boolean mixed = mappings.stream().anyMatch(other -> isMixedWith(mapping, other));
            aware.add(mixed ? CompiledMapping.sharingRows(mapping) : mapping);
        }
        return aware;
    }

    /**
     * Tells which mappings fill a table of another one while nothing tells their rows apart.
     *
     * @param mappings the mappings of a pipeline
     * @param selected those that are asked about
     * @return sentences without a full stop, one for each table and collection; none if all rows can be told apart
     */
    public static List<String> mixed(List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> selected) {
        List<String> mixed = new ArrayList<>();
        for (CollectionMapping<?> mapping : selected) {
            for (CollectionMapping<?> other : mappings) {
                if (isMixedWith(mapping, other)) {
                    mixed.add(QualifiedName.text(mapping.table()) + " is filled from " + mapping.collection()
                            + " and from " + other.collection());
                }
            }
        }
        return mixed;
    }

    private static boolean isMixedWith(CollectionMapping<?> one, CollectionMapping<?> other) {
        return one != other && one.table().equals(other.table()) && !isApart(one, other);
    }

    /** Whether some column has another value in all rows of one mapping than in all rows of another. */
    private static boolean isApart(CollectionMapping<?> one, CollectionMapping<?> other) {
        for (Map.Entry<? extends TableField<?, ?>, Object> constant :
                one.owned().entrySet()) {
            Object otherValue = valueOf(other, constant.getKey());
            if (otherValue != null && !mayBeEqual(otherValue, constant.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** What type a column has in the target is not known yet: some do not tell letter case or trailing blanks apart. */
    private static boolean mayBeEqual(Object one, Object other) {
        if (one instanceof String text && other instanceof String otherText) {
            return text.stripTrailing().equalsIgnoreCase(otherText.stripTrailing());
        }
        return Objects.deepEquals(Sameness.of(one), Sameness.of(other));
    }

    private static @Nullable Object valueOf(CollectionMapping<?> mapping, TableField<?, ?> column) {
        for (Map.Entry<? extends TableField<?, ?>, Object> constant :
                mapping.owned().entrySet()) {
            if (constant.getKey().equals(column)) {
                return constant.getValue();
            }
        }
        return null;
    }
}
