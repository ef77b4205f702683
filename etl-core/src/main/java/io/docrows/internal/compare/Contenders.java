package io.docrows.internal.compare;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The documents that compete for one unique value, in a temporary table of {@code ord}, {@code batch}, {@code place},
 * whether the document is {@code done}, and what else their constraint needs of them.
 *
 * @param tables the stage that the documents are in
 * @param name the table's qualified name
 */
record Contenders(StageTables tables, String name) {

    /** The table under an alias. */
    Table<Record> as(String alias) {
        return Stage.table(name, alias);
    }

    /** Makes the table; {@code more} are the columns of a staged document {@code s} beside those above. */
    String create(List<? extends Field<?>> more) {
        return tables.tree()
                .stage()
                .create(
                        name,
                        select(columns(Terms.column(SQLDataType.BOOLEAN, "done"), more))
                                .from(tables.documents("s")));
    }

    String drop() {
        return Stage.drop(name);
    }

    /** Puts documents into the table; {@code ords} are their numbers. */
    String find(List<? extends Field<?>> more, Select<?> ords) {
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(name))
                .select(select(columns(inline(false), more))
                        .from(tables.documents("s"))
                        .where(Terms.staged("s", "ord").in(ords))));
    }

    private static List<Field<?>> columns(Field<?> done, List<? extends Field<?>> more) {
        List<Field<?>> columns = new ArrayList<>(
                List.of(Terms.staged("s", "ord"), Terms.staged("s", "batch"), Terms.staged("s", "place"), done));
        columns.addAll(more);
        return columns;
    }

    /** The batches in which there is a contender. */
    String batches() {
        return Sql.text(selectDistinct(Terms.staged("s", "batch")).from(as("s")));
    }

    /** Whether there is a contender in a chunk. */
    String compete(Chunk chunk) {
        return Sql.text(selectCount()
                .from(selectOne()
                        .from(as("s"))
                        .where(chunk.of("s"))
                        .limit(inline(1))
                        .asTable("one")));
    }

    /** Whether a contender is in a chunk, and not refused by this attempt already. */
    Condition isTried(String alias, Chunk chunk) {
        return chunk.of(alias)
                .and(notExists(selectOne()
                        .from(tables.attempt("a"))
                        .where(Terms.staged("a", "ord").eq(Terms.staged(alias, "ord")))));
    }

    /** Whether a contender was written. */
    static Condition isDone(String alias) {
        return Terms.flag(alias, "done");
    }

    /** A chunk was written: whoever was not refused has its values from now on. */
    List<String> settle(Chunk chunk) {
        return List.of(
                Sql.text(Sql.dsl()
                        .deleteFrom(as("s"))
                        .where(chunk.of("s"))
                        .and(exists(selectOne()
                                .from(tables.rejects("x"))
                                .where(Terms.staged("x", "ord").eq(Terms.staged("s", "ord")))))),
                Sql.text(Sql.dsl()
                        .update(as("s"))
                        .set(Map.of(field(DSL.name("done")), inline(true)))
                        .where(chunk.of("s"))));
    }
}
