package io.docrows.internal.table;

import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * A table whose rows are found by a value, many to one, and which may be filled on the way. Immutable and thread-safe.
 *
 * @param key the unique column with the value
 * @param terms what the statements are made of
 */
record LookupTable(TableField<?, ?> key, Terms terms) {

    /** Whether it holds no row for a value. */
    Condition isMissing(String alias, Field<?> value) {
        return notExists(
                selectOne().from(Terms.tableOf(key, alias)).where(terms.same(key, Terms.field(alias, key), value)));
    }

    /**
     * Inserts values that it does not hold; sorted, so that two writers cannot deadlock. Only what another session has
     * inserted meanwhile is passed over: a value that another constraint of the table refuses is its document's fault.
     */
    String insertMissing(Table<Record> from, Field<Object> value) {
        return Sql.text(Sql.dsl()
                .insertInto(Terms.tableOf(key, "new"), Terms.bare(key))
                .select(DSL.select(value)
                        .from(from)
                        .where(value.isNotNull())
                        .and(isMissing("l", value))
                        .groupBy(value)
                        .orderBy(value))
                .onConflict(Terms.bare(key))
                .doNothing());
    }
}
