package io.docrows.internal.write;

import io.docrows.internal.postgres.Rollback;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ids of new rows, taken from their column's sequence before the rows exist. A sequence hands out no number twice, so
 * other sessions may insert at the same time. Numbers are reserved for some batches at once, if the sequence can be
 * locked for a moment: PostgreSQL takes longer to draw a number than to read it. Not thread-safe.
 */
final class GeneratedIds {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedIds.class);

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(Long.class, Integer.class, Short.class);

    /** For how many batches numbers are reserved: those of the last block may never be used. */
    private static final int BATCHES = 10;

    /** How long others that want a number may have to wait while this waits for one of them. */
    private static final String PATIENCE = "100ms";

    private final TableField<?, ?> column;
    private final String sequence;
    private final boolean needed;
    private final ColumnEncoder<?> encoder;
    private boolean reserving = true;
    private long next;
    private long left;

    private GeneratedIds(TableField<?, ?> column, String sequence, boolean needed, TableCatalog catalog) {
        this.column = column;
        this.sequence = sequence;
        this.needed = needed;
        this.encoder = ColumnEncoder.of(column, catalog);
    }

    /**
     * What is drawn for a table, or null if the database fills no column of it from a sequence.
     *
     * @param mapping the table's mapping
     * @param referred its columns that rows below it refer to
     * @param catalog what the target says of it
     */
    static @Nullable GeneratedIds of(TableMapping mapping, Set<TableField<?, ?>> referred, TableCatalog catalog) {
        List<TableField<?, ?>> candidates = new ArrayList<>(referred);
        if (candidates.isEmpty() && mapping.table().getPrimaryKey() != null) {
            candidates.addAll(mapping.table().getPrimaryKey().getFields());
        }
        for (TableField<?, ?> candidate : candidates) {
            String sequence = catalog.sequenceOf(candidate);
            if (!isMapped(mapping, candidate) && sequence != null && WHOLE_NUMBERS.contains(candidate.getType())) {
                return new GeneratedIds(candidate, sequence, !referred.isEmpty(), catalog);
            }
        }
        return null;
    }

    /**
     * Whether the columns that rows below refer to are mapped, but for one filled from a sequence of whole numbers. A
     * column that takes its default where a document has no value is known to the database alone.
     */
    static boolean suffice(TableMapping mapping, Set<TableField<?, ?>> referred, TableCatalog catalog) {
        // What a reference leads to is not asked for here.
        boolean byReference =
                mapping.references().stream().anyMatch(reference -> referred.contains(reference.column()));
        List<TableField<?, ?>> generated =
                referred.stream().filter(column -> !isMapped(mapping, column)).toList();
        boolean byDefault = mapping.columns().stream()
                .anyMatch(column -> column.keepsOldValue() && referred.contains(column.column()));
        return !byReference
                && !byDefault
                && (generated.isEmpty()
                        || (generated.size() == 1
                                && catalog.sequenceOf(generated.get(0)) != null
                                && WHOLE_NUMBERS.contains(generated.get(0).getType())));
    }

    /** Whether a column is filled from the document, or with what leads to another row. */
    private static boolean isMapped(TableMapping mapping, TableField<?, ?> column) {
        return mapping.columns().stream().anyMatch(mapped -> mapped.column().equals(column))
                || mapping.references().stream()
                        .anyMatch(reference -> reference.column().equals(column))
                || (mapping instanceof ChildMapping child
                        && child.parentColumns().stream()
                                .anyMatch(up -> up.column().equals(column)));
    }

    TableField<?, ?> column() {
        return column;
    }

    ColumnEncoder<?> encoder() {
        return encoder;
    }

    /**
     * Sees to it that so many ids are at hand, in a transaction of its own: before the first statement of another.
     *
     * @param connection without auto-commit
     * @param number how many are going to be drawn
     * @throws SQLException if the connection fails
     */
    void reserve(Connection connection, int number) throws SQLException {
        if (!reserving || left >= number) {
            return;
        }
        int block = BATCHES * number;
        try {
            reserving = isSimple(connection);
            long last = reserving ? reserved(connection, block) : 0;
            connection.commit();
            if (reserving) {
                // Not before: what is rolled back is anybody's.
                next = last - block + 1;
                left = block;
            }
        } catch (SQLException e) {
            reserving = false;
            Rollback.orThrow(e, connection);
            LOG.debug("ids from {} are drawn one by one, SQLSTATE {}", sequence, e.getSQLState());
        }
    }

    /** Whether its numbers follow each other. */
    private boolean isSimple(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT seqincrement = 1 AND NOT seqcycle FROM pg_sequence WHERE seqrelid = ?::regclass")) {
            statement.setString(1, sequence);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Moves the sequence on, and returns the last number that it passed. */
    private long reserved(Connection connection, int block) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Only ALTER SEQUENCE takes a lock that keeps others from drawing a number meanwhile; it changes nothing.
            // The batch that uses the numbers is written to the log after this, so that this need not wait for the
            // disk.
            statement.execute("SET LOCAL lock_timeout = '" + PATIENCE + "'; SET LOCAL synchronous_commit = off;"
                    + " ALTER SEQUENCE " + sequence + " INCREMENT BY 1");
        }
        return Statements.count(
                connection,
                "SELECT setval('" + sequence.replace("'", "''") + "', last_value - 1 + is_called::int + " + block
                        + ") FROM " + sequence);
    }

    /** Whether ids have to be known before the rows exist, or are at hand. */
    boolean isWanted(int number) {
        return needed || left >= number;
    }

    /** So many ids, each of them for the first time. */
    @Nullable Object[] draw(Connection connection, int number) throws SQLException {
        if (left >= number) {
            @Nullable Object[] ids = new Object[number];
            for (int i = 0; i < number; i++) {
                ids[i] = column.getDataType().convert(next++);
            }
            left -= number;
            return ids;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT array_agg(nextval(?::regclass)) FROM generate_series(1, ?)")) {
            statement.setString(1, sequence);
            statement.setInt(2, number);
            return Statements.array(statement, column.getDataType());
        }
    }
}
