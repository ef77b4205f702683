package io.docrows.internal.run;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.stage.Isolation;
import io.docrows.internal.stage.Span;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills in pending references once the rows that they wait for have arrived, and forgets them. One that PostgreSQL
 * refuses stays as it was: its document is rejected when it is read again.
 */
final class PendingReferenceResolution {

    private static final Logger LOG = LoggerFactory.getLogger(PendingReferenceResolution.class);

    /** Rows that are tried together where some are refused. */
    private static final int AT_ONCE = 1_000;

    private PendingReferenceResolution() {}

    /**
     * Resolves the references to rows of all tables that a collection was loaded into, one statement for each
     * reference, within the caller's transaction.
     *
     * @param mappings all mappings of the pipeline
     * @param loaded the mappings of the collection
     */
    static void resolve(Connection connection, List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> loaded)
            throws SQLException {
        Set<Table<?>> filled = filled(loaded);
        resolve(connection, mappings, filled::contains);
    }

    /**
     * Resolves the references of a collection to rows that none of the pipeline's mappings brings.
     *
     * @param mappings all mappings of the pipeline
     * @param referring the mappings of the collection
     */
    static void resolveOthers(
            Connection connection, List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> referring)
            throws SQLException {
        Set<Table<?>> own = filled(mappings);
        resolve(connection, referring, referred -> !own.contains(referred));
    }

    private static void resolve(
            Connection connection, List<CollectionMapping<?>> mappings, Predicate<Table<?>> concerned)
            throws SQLException {
        for (CollectionMapping<?> mapping : mappings) {
            for (ReferenceMapping<?> reference : mapping.references()) {
                if (reference.whenMissing() == MissingReference.PENDING
                        && concerned.test(QualifiedName.tableOf(reference.parentKey()))) {
                    resolve(connection, mapping, reference);
                }
            }
        }
    }

    private static Set<Table<?>> filled(List<CollectionMapping<?>> mappings) {
        Set<Table<?>> filled = new HashSet<>();
        mappings.forEach(mapping -> filled.addAll(TableTree.tablesFilled(mapping)));
        return filled;
    }

    private static void resolve(Connection connection, CollectionMapping<?> mapping, ReferenceMapping<?> reference)
            throws SQLException {
        PendingReferenceStatements pending =
                new PendingReferenceStatements(mapping.table(), List.of(reference.column()));
        if (Statements.rows(connection, pending.any(), row -> row.getInt(1)).isEmpty()) {
            return;
        }
        TableField<?, ?> parentKey = reference.parentKey();
        Table<?> parents = Terms.tableOf(parentKey, "p");
        // Cast to the columns' types, not the columns to text, so that their indexes serve.
        Condition hasArrived = isEqual(connection, parentKey, "p", PendingReferenceStatements.REFERENCED_KEY);
        Condition isRow = isRow(connection, mapping.key());
        Function<@Nullable List<String>, String> fillIn = rowKeys -> pending.fillIn(
                parents,
                hasArrived,
                Terms.field("p", reference.parentId()),
                Terms.table(mapping.table(), "child"),
                isRow,
                Terms.bare(reference.column()),
                Terms.field("child", reference.column()),
                rowKeys);
        Isolation isolation = Isolation.withSavepoints(connection);
        isolation.write(new Span(0, 1), all -> update(connection, fillIn.apply(null)), (all, error, failure) -> {
            List<String> rows =
                    Statements.rows(connection, pending.arrived(parents, hasArrived), row -> row.getString(1));
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                isolation.write(
                        rows.subList(from, Math.min(rows.size(), from + AT_ONCE)),
                        some -> update(connection, fillIn.apply(some)),
                        (one, itsError, itsFailure) -> LOG.warn(
                                "a row of {} waits on, though what it refers to has arrived: PostgreSQL refuses"
                                        + " the reference in {} (SQLSTATE {})",
                                mapping.table().getName(),
                                reference.column().getName(),
                                itsFailure.getSQLState()));
            }
        });
    }

    private static void update(Connection connection, String sql) throws SQLException {
        Statements.update(connection, sql);
        // A deferred constraint would otherwise speak at COMMIT.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
    }

    /** Whether the row {@code child} is the one found. */
    private static Condition isRow(Connection connection, List<? extends TableField<?, ?>> key) throws SQLException {
        Condition same = DSL.noCondition();
        for (int i = 0; i < key.size(); i++) {
            Field<String> part = PendingReferenceStatements.partOf(PendingReferenceStatements.FOUND_KEY, i, key.size());
            same = same.and(isEqual(connection, key.get(i), "child", part));
        }
        return same;
    }

    private static Condition isEqual(Connection connection, TableField<?, ?> column, String row, Field<String> text)
            throws SQLException {
        ColumnEquality equality = ColumnEquality.of(connection, column);
        return DSL.condition(equality.equal("{0}", equality.cast("{1}")), Terms.field(row, column), text);
    }
}
