package io.docrows.internal.compare;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ContestedValues;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Which documents a unique constraint would refuse that a run only meets by failing, as those of child tables: so the
 * run halves a chunk until PostgreSQL takes all of it, or one document is left.
 *
 * <p>Contenders {@code p} are documents with a staged value {@code w} that another staged row or a row of another
 * document has too, and the documents of such rows. Holders {@code h} are the target's rows with a value that a
 * contender wants.
 */
final class UniqueContest {

    private final StageTables tables;
    private final RowKey key;
    private final ContestedValues unique;
    private final Contenders contenders;
    private final String wanted;
    private final String holders;
    private final Optional<Select<?>> stored;

    UniqueContest(StagedCollection<?> staged, ContestedValues unique, int number) {
        this.tables = staged.tables();
        this.key = tables.key();
        this.unique = unique;
        this.contenders = new Contenders(tables, tables.contest("contender", number));
        this.wanted = tables.contest("wanted", number);
        this.holders = tables.contest("holder", number);
        this.stored = unique.stored(staged.mapping().key());
    }

    List<String> create() {
        Stage stage = tables.tree().stage();
        Table<?> rows = unique.staged().asTable("w");
        List<String> statements = new ArrayList<>(drop());
        statements.add(contenders.create(key.staged("s")));
        statements.add(stage.create(
                wanted,
                select(Terms.column(SQLDataType.BIGINT, "n"), rows.asterisk()).from(rows)));
        stored.ifPresent(values -> statements.add(stage.create(holders, values)));
        return statements;
    }

    List<String> drop() {
        return List.of(contenders.drop(), Stage.drop(wanted), Stage.drop(holders));
    }

    Contenders contenders() {
        return contenders;
    }

    /** Finds contenders, what they want, and who holds it. Returns the batches in which there are contenders. */
    List<Integer> find(Connection connection) throws SQLException {
        if (Statements.update(connection, findContenders()) == 0) {
            return List.of();
        }
        Statements.update(connection, findWanted());
        if (stored.isPresent()) {
            Statements.update(connection, findHolders(stored.get()));
        }
        return Statements.rows(connection, contenders.batches(), row -> row.getInt(1));
    }

    private String findContenders() {
        Table<?> twice = select(unique.of("n"))
                .from(unique.staged().asTable("n"))
                .groupBy(unique.of("n"))
                .having(count().gt(inline(1)))
                .asTable("d");
        Select<Record1<Object>> ords =
                select(ord("w")).from(unique.staged().asTable("w")).join(twice).on(unique.equal("d", "w"));
        if (stored.isPresent()) {
            Table<?> taken = unique.staged()
                    .asTable("w")
                    .join(tables.documents("n"))
                    .on(ord("n").eq(ord("w")))
                    .join(stored.get().asTable("x"))
                    .on(unique.equal("x", "w").and(key.differs("x", "n")));
            ords = ords.union(select(ord("w")).from(taken))
                    .union(select(ord("o"))
                            .from(taken.join(tables.documents("o")).on(key.isSame("o", "x"))));
        }
        return contenders.find(key.staged("s"), ords);
    }

    private String findWanted() {
        Table<?> rows = unique.staged().asTable("w");
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(wanted))
                .select(select(rowNumber().over(), rows.asterisk())
                        .from(rows)
                        .join(contenders.as("p"))
                        .on(ord("p").eq(ord("w")))));
    }

    private String findHolders(Select<?> values) {
        Table<?> rows = values.asTable("x");
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(holders))
                .select(select(rows.asterisk())
                        .from(rows)
                        .where(exists(selectOne().from(Stage.table(wanted, "w")).where(unique.equal("x", "w"))))));
    }

    /**
     * The documents of a chunk with a row that PostgreSQL would refuse, given what became of the chunks before, and
     * without those that this attempt refuses already. Rows of a document that is written are what is staged of it, all
     * others are as they are.
     */
    Select<?> refused(Chunk chunk) {
        List<Field<?>> tried = new ArrayList<>(List.of(ord("p")));
        tried.addAll(key.staged("p"));
        List<Field<?>> own = new ArrayList<>(List.of(Terms.staged("w", "n"), ord("w")));
        own.addAll(unique.of("w"));
        return Sql.dsl()
                .with(name("b")
                        .asMaterialized(select(tried).from(contenders.as("p")).where(contenders.isTried("p", chunk))))
                .with(name("own")
                        .asMaterialized(select(own)
                                .from(Stage.table(wanted, "w"))
                                .join(cte("b", "b"))
                                .on(ord("b").eq(ord("w")))))
                .with(name("others").asMaterialized(heldByOthers()))
                .selectDistinct(ord("o"))
                .from(cte("own", "o"))
                .where(exists(selectOne().from(cte("others", "x")).where(unique.equal("x", "o")))
                        .or(exists(selectOne()
                                .from(cte("own", "x"))
                                .where(Terms.staged("x", "n").ne(Terms.staged("o", "n")))
                                .and(unique.equal("x", "o")))));
    }

    /** The values of documents that were written, and of rows whose document was not and is not in the chunk. */
    private Select<?> heldByOthers() {
        Select<Record> written = select(unique.of("w"))
                .from(Stage.table(wanted, "w"))
                .join(contenders.as("p"))
                .on(ord("p").eq(ord("w")).and(Contenders.isDone("p")));
        return stored.isEmpty()
                ? written
                : written.unionAll(select(unique.of("w"))
                        .from(Stage.table(holders, "w"))
                        .where(notExists(selectOne()
                                .from(contenders.as("p"))
                                .where(Contenders.isDone("p"))
                                .and(key.isSame("p", "w"))))
                        .and(notExists(selectOne().from(cte("b", "p")).where(key.isSame("p", "w")))));
    }

    private static Field<Object> ord(String alias) {
        return Terms.staged(alias, "ord");
    }

    private static Table<?> cte(String query, String alias) {
        return DSL.table(name(query)).as(name(alias));
    }
}
