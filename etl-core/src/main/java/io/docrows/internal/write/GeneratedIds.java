package io.docrows.internal.write;

import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Ids of new rows, drawn from their column's sequence before the rows exist. A sequence hands out no number twice, so
 * other sessions may insert at the same time.
 *
 * @param column the column that join rows refer to
 * @param sequence the sequence that fills it, as a name for {@code nextval}
 * @param encoder writes the column's values
 */
record GeneratedIds(TableField<?, ?> column, String sequence, ColumnEncoder<?> encoder) {

    /** What is drawn for a mapping, or null when its join rows, if any, refer to a mapped column. */
    static @Nullable GeneratedIds of(CollectionMapping<?> mapping, TableCatalog catalog) {
        for (TableField<?, ?> column : owners(mapping)) {
            String sequence = catalog.sequences().get(column.getName());
            if (!isMapped(mapping, column) && sequence != null) {
                return new GeneratedIds(column, sequence, ColumnEncoder.of(column));
            }
        }
        return null;
    }

    /** Whether the column that join rows refer to is mapped, or filled from a sequence of whole numbers. */
    static boolean suffice(CollectionMapping<?> mapping, TableCatalog catalog) {
        Set<TableField<?, ?>> owners = owners(mapping);
        if (owners.isEmpty()) {
            return true;
        }
        if (owners.size() > 1) {
            return false;
        }
        TableField<?, ?> column = owners.iterator().next();
        return isMapped(mapping, column)
                || (catalog.sequences().containsKey(column.getName())
                        && Set.of(Long.class, Integer.class, Short.class).contains(column.getType()));
    }

    private static Set<TableField<?, ?>> owners(CollectionMapping<?> mapping) {
        return mapping.joins().stream().map(JoinMapping::ownerId).collect(Collectors.toSet());
    }

    private static boolean isMapped(CollectionMapping<?> mapping, TableField<?, ?> column) {
        return mapping.columns().stream().anyMatch(mapped -> mapped.column().equals(column));
    }

    @Nullable Object[] draw(Connection connection, int number) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT array_agg(nextval(?::regclass)) FROM generate_series(1, ?)")) {
            statement.setString(1, sequence);
            statement.setInt(2, number);
            return Statements.array(statement, column.getDataType());
        }
    }
}
