package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.FILLED_TABLE;
import static io.docrows.internal.db.Tables.KEY_CLAIM;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.db.tables.FilledTable;
import io.docrows.internal.db.tables.KeyClaim;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Which collections of which pipelines were loaded into which tables, in {@code docrows.filled_table}: a run may only
 * let rows go that are surely its own. Rows do not tell, so a table that others fill, too, is left alone.
 */
public final class TableOwners {

    private static final FilledTable F = FILLED_TABLE.as("f");

    private TableOwners() {}

    /**
     * Writes down that a pipeline is about to fill tables.
     *
     * @param connection the connection of the transaction that begins the run
     * @param pipeline the pipeline's name
     * @param mappings what it loads
     * @throws SQLException if PostgreSQL fails
     */
    public static void add(Connection connection, String pipeline, List<CollectionMapping<?>> mappings)
            throws SQLException {
        StoredText text = StoredText.of(connection);
        for (CollectionMapping<?> mapping : mappings) {
            for (Table<?> table : mapping.tables()) {
                Filler filler = new Filler(name(table), stored(text, pipeline), stored(text, mapping.collection()));
                Statements.update(connection, filler.add(owned(mapping, text)));
                List<Field<JSONB>> present = mappings.stream()
                        .filter(other -> other.collection().equals(mapping.collection())
                                && other.tables().contains(table))
                        .map(other -> owned(other, text))
                        .toList();
                Statements.update(connection, filler.forgetAllBut(present));
            }
        }
    }

    /** What fills a table. */
    private record Filler(Field<String> table, Field<String> pipeline, Field<String> collection) {

        /** Not left to ON CONFLICT: a run that finds nothing to do shall write as little as can be. */
        private String add(Field<JSONB> owned) {
            return Sql.text(Sql.dsl()
                    .insertInto(
                            FILLED_TABLE,
                            FILLED_TABLE.TABLE_NAME,
                            FILLED_TABLE.PIPELINE,
                            FILLED_TABLE.COLLECTION,
                            FILLED_TABLE.OWNED)
                    .select(select(table, pipeline, collection, owned)
                            .where(notExists(selectOne()
                                    .from(F)
                                    .where(row(F.TABLE_NAME, F.PIPELINE, F.COLLECTION, F.OWNED)
                                            .eq(row(table, pipeline, collection, owned))))))
                    .onConflictDoNothing());
        }

        /** Forgets what the same collection owned before, under an earlier version of the mapping. */
        private String forgetAllBut(List<Field<JSONB>> present) {
            return Sql.text(Sql.dsl()
                    .deleteFrom(F)
                    .where(row(F.TABLE_NAME, F.PIPELINE, F.COLLECTION).eq(row(table, pipeline, collection)))
                    .and(F.OWNED.notIn(present.toArray(Field<?>[]::new))));
        }
    }

    private static Field<String> name(Table<?> table) {
        return inline(QualifiedName.text(table), SQLDataType.CLOB);
    }

    /** A name in the form in which it is stored. */
    private static Field<String> stored(StoredText text, String name) {
        return inline(text.stored(name), SQLDataType.CLOB);
    }

    /** The constants that a mapping owns. */
    private static Field<JSONB> owned(CollectionMapping<?> mapping, StoredText text) {
        return jsonbObject(mapping.owned().entrySet().stream()
                .map(constant -> key(inline(QualifiedName.text(constant.getKey()), SQLDataType.CLOB))
                        .value(stored(text, String.valueOf(constant.getValue()))))
                .toList());
    }

    /**
     * Refuses to let rows go of tables that others fill, too.
     *
     * @param connection a connection to the target
     * @param pipeline the pipeline's name
     * @param mappings whose rows are to go
     * @throws SQLException if PostgreSQL fails
     * @throws DocrowsException {@code INVALID_OPTION} naming the others
     */
    public static void requireNoOthers(Connection connection, String pipeline, List<CollectionMapping<?>> mappings)
            throws SQLException {
        if (!BookkeepingTables.has(connection, "filled_table")) {
            return;
        }
        StoredText text = StoredText.of(connection);
        // A schema of an earlier release knows of no constants.
        boolean constants = BookkeepingTables.has(connection, "filled_table", "owned");
        Set<String> others = new LinkedHashSet<>();
        for (CollectionMapping<?> mapping : mappings) {
            Condition isApart = constants ? isApart(owned(mapping, text)) : falseCondition();
            for (Table<?> table : mapping.tables()) {
                Select<?> fillers = select(F.COLLECTION, F.PIPELINE)
                        .from(F)
                        .where(F.TABLE_NAME.eq(name(table)))
                        .and(row(F.PIPELINE, F.COLLECTION)
                                .ne(row(stored(text, pipeline), stored(text, mapping.collection()))))
                        .and(not(isApart))
                        .orderBy(F.PIPELINE, F.COLLECTION);
                others.addAll(Statements.rows(
                        connection,
                        Sql.text(fillers),
                        row -> QualifiedName.text(table) + " is also filled from " + text.text(row.getString(1))
                                + " by the pipeline " + text.text(row.getString(2))));
            }
        }
        if (!others.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "Rows without a document cannot be told from the rows of others, so none is deleted or marked: "
                            + String.join("; ", others)
                            + ". Set deletes to ignore; name what tells the rows apart with owns(column, value) in each of"
                            + " the mappings; or, if the others fill these tables no longer and their rows may go,"
                            + " forget them: etl migrate --forget PIPELINE.");
        }
    }

    /** Whether a filler {@code f} owns another value in a column that is owned, too. */
    private static Condition isApart(Field<JSONB> owned) {
        Field<Object> value = field(DSL.name("m", "value"));
        return exists(selectOne()
                .from(entries(F.OWNED, "o"))
                .join(entries(owned, "m"))
                .on(field(DSL.name("m", "key"))
                        .eq(field(DSL.name("o", "key")))
                        .and(value.ne(field(DSL.name("o", "value"))))));
    }

    private static Table<?> entries(Field<JSONB> object, String alias) {
        return DSL.table("jsonb_each_text({0})", object).as(DSL.name(alias));
    }

    /**
     * Forgets what a pipeline has filled, and which documents of its own have rows: rows that no other pipeline's
     * documents have are nobody's from now on.
     *
     * @param connection a connection without auto-commit; the caller commits
     * @param pipeline the pipeline's name
     * @return how many tables are forgotten, a table once for each of its collections
     * @throws SQLException if PostgreSQL fails
     */
    public static long forget(Connection connection, String pipeline) throws SQLException {
        Field<String> name = stored(StoredText.of(connection), pipeline);
        KeyClaim claim = KEY_CLAIM.as("c");
        FilledTable other = FILLED_TABLE.as("o");
        // Two pipelines over one collection have the same claims.
        Statements.update(
                connection,
                Sql.text(Sql.dsl()
                        .deleteFrom(claim)
                        .using(F)
                        .where(F.PIPELINE.eq(name))
                        .and(row(claim.TABLE_NAME, claim.COLLECTION).eq(row(F.TABLE_NAME, F.COLLECTION)))
                        .and(notExists(selectOne()
                                .from(other)
                                .where(other.PIPELINE.ne(F.PIPELINE))
                                .and(row(other.TABLE_NAME, other.COLLECTION).eq(row(F.TABLE_NAME, F.COLLECTION)))))));
        return Statements.update(connection, Sql.text(Sql.dsl().deleteFrom(F).where(F.PIPELINE.eq(name))));
    }
}
