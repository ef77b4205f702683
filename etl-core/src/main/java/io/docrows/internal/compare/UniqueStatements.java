package io.docrows.internal.compare;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The SQL that says which documents a unique constraint would refuse. A run sees a batch at a time, so the outcome
 * depends on who comes first; but only a few documents compete at all, and only those are looked at chunk by chunk.
 *
 * <p>Contenders {@code s} are documents that want a value which another document wants too, or which another row has,
 * and the documents of such rows. Holders are the target's rows with a value that a contender wants.
 */
final class UniqueStatements {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    private final CollectionMapping<?> mapping;
    private final StageTables tables;
    private final RowTable documents;
    private final Terms terms;
    private final RowKey key;
    private final UniqueConstraint unique;
    private final Contenders contenders;
    private final String holders;

    UniqueStatements(StagedCollection<?> staged, UniqueConstraint unique, int number) {
        this.mapping = staged.mapping();
        this.tables = staged.tables();
        this.documents = tables.tree().documents();
        this.terms = documents.terms();
        this.key = documents.key();
        this.unique = unique;
        this.contenders = new Contenders(tables, tables.contenders(number));
        this.holders = tables.holders(number);
    }

    List<String> create() {
        Stage stage = tables.tree().stage();
        List<String> statements = new ArrayList<>(drop());
        statements.add(contenders.create(keyAndValue("s")));
        statements.add(stage.create(holders, select(keyAndValue("s")).from(tables.documents("s"))));
        return statements;
    }

    List<String> drop() {
        return List.of(contenders.drop(), Stage.drop(holders));
    }

    Contenders contenders() {
        return contenders;
    }

    /** Finds the contenders. */
    String findContenders() {
        Select<?> shared = select(staged("n"))
                .from(tables.documents("n"))
                .where(present("n"))
                .groupBy(staged("n"))
                .having(count().gt(inline(1)));
        Table<?> wanted =
                tables.documents("s").join(documents.rows("x")).on(equalsRow().and(key.isOther("x", "s")));
        return contenders.find(
                keyAndValue("s"),
                select(ORD)
                        .from(tables.documents("s"))
                        .join(shared.asTable("d"))
                        .on(equal("d", "s"))
                        .union(select(ORD).from(wanted))
                        .union(select(Terms.staged("h", "ord"))
                                .from(wanted.join(tables.documents("h")).on(key.isRowOf("x", "h")))));
    }

    /** Finds the holders. */
    String findHolders() {
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(holders))
                .select(selectDistinct(
                                both().map(c -> Terms.field("x", column(c))).toList())
                        .from(contenders.as("s"))
                        .join(documents.rows("x"))
                        .on(equalsRow())));
    }

    /**
     * The documents of a chunk that would be refused, given what became of the chunks before, and without those that
     * this attempt refuses already. Of those that want the same value the one that has it already stays, else the
     * first; a row that gives up its value in this chunk does not stand in the way of another.
     */
    Select<?> duplicates(Chunk chunk) {
        Select<?> batch = select(asterisk()).from(contenders.as("s")).where(contenders.isTried("s", chunk));
        Condition done = Contenders.isDone("p");
        Select<?> held = select(keyAndValue("h"))
                .from(Stage.table(holders, "h"))
                .where(notExists(selectOne()
                        .from(contenders.as("p"))
                        .where(key.isSame("p", "h"))
                        .and(done)))
                .unionAll(select(keyAndValue("p")).from(contenders.as("p")).where(done));
        Field<Integer> place = rowNumber()
                .over()
                .partitionBy(staged("s"))
                .orderBy(
                        field(exists(selectOne()
                                        .from(cte("v", "x"))
                                        .where(key.isSame("x", "s"))
                                        .and(equal("x", "s"))))
                                .desc(),
                        ORD)
                .as("n");
        Select<?> ranked = select(ORD, place).from(cte("b", "s")).where(present("s"));
        Condition moves = or(unique.columns().stream()
                .map(c -> terms.distinct(column(c), value("o", c), value("x", c)))
                .toList());
        return Sql.dsl()
                .with(name("b").as(batch))
                .with(name("v").as(held))
                .select(Terms.staged("ranked", "ord"))
                .from(ranked.asTable("ranked"))
                .where(field(name("ranked", "n"), Integer.class).gt(inline(1)))
                .union(select(ORD)
                        .from(cte("b", "s"))
                        .join(cte("v", "x"))
                        .on(equal("x", "s").and(key.differs("x", "s")))
                        .where(notExists(selectOne()
                                .from(cte("b", "o"))
                                .where(key.isSame("o", "x"))
                                .and(moves))));
    }

    private static Table<?> cte(String name, String alias) {
        return DSL.table(name(name)).as(name(alias));
    }

    private static Field<Object> value(String alias, int column) {
        return Terms.staged(alias, "c" + column);
    }

    private List<Field<Object>> staged(String alias) {
        return unique.columns().stream().map(c -> value(alias, c)).toList();
    }

    private Condition present(String alias) {
        return and(staged(alias).stream().map(Field::isNotNull).toList());
    }

    private Condition equal(String left, String right) {
        return and(unique.columns().stream()
                .map(c -> terms.same(column(c), value(left, c), value(right, c)))
                .toList());
    }

    private Condition equalsRow() {
        return and(unique.columns().stream()
                .map(c -> terms.same(column(c), Terms.field("x", column(c)), value("s", c)))
                .toList());
    }

    /** The key and the unique value, which may have columns in common. */
    private List<Field<Object>> keyAndValue(String alias) {
        return both().map(c -> value(alias, c)).toList();
    }

    private Stream<Integer> both() {
        return Stream.concat(IntStream.range(0, mapping.key().size()).boxed(), unique.columns().stream())
                .distinct();
    }

    private TableField<?, ?> column(int number) {
        return mapping.columns().get(number).column();
    }
}
