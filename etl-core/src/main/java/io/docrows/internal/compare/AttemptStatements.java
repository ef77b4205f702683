package io.docrows.internal.compare;

import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;

/** The SQL on the documents that one attempt to write a chunk would refuse. */
final class AttemptStatements {

    private final StageTables tables;

    AttemptStatements(StageTables tables) {
        this.tables = tables;
    }

    List<String> create() {
        Stage stage = tables.tree().stage();
        Field<?> ord = Terms.column(SQLDataType.BIGINT, "ord");
        return List.of(stage.create(tables.attempt(), select(ord)));
    }

    List<String> drop() {
        return List.of(Stage.drop(tables.attempt()));
    }

    /** A new attempt begins. */
    String begin() {
        return Sql.text(Sql.dsl().deleteFrom(Stage.table(tables.attempt())));
    }

    /** The attempt refuses the documents that a query returns. */
    String add(Select<?> ords) {
        return Sql.text(Sql.dsl().insertInto(Stage.table(tables.attempt())).select(ords));
    }

    /** How many documents a query returns. */
    static String count(Select<?> ords) {
        return Sql.text(selectCount().from(ords.asTable("d")));
    }

    /** Moves what the attempt refuses to the rejects. */
    String refuse() {
        return tables.refuse(select(Terms.staged("a", "ord")).from(tables.attempt("a")), RejectCode.DUPLICATE_VALUE);
    }
}
