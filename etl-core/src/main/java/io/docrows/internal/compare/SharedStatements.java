package io.docrows.internal.compare;

import static org.jooq.impl.DSL.boolAnd;
import static org.jooq.impl.DSL.boolOr;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.Terms;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;

/**
 * The SQL on what several mappings make of the same documents, each of which is staged for every mapping under the same
 * {@code ord}.
 */
final class SharedStatements {

    private static final Field<Object> ORD = Terms.staged("r", "ord");

    private final List<CollectionPlanning> plannings;

    SharedStatements(List<CollectionPlanning> plannings) {
        this.plannings = List.copyOf(plannings);
    }

    /** The codes with which a stage refuses documents. */
    static String codes(StageTables stage) {
        return Sql.text(selectDistinct(Terms.staged("x", "code")).from(stage.rejects("x")));
    }

    /** Has a stage refuse what another one refuses with a code. */
    static String refuse(StageTables stage, StageTables other, RejectCode code) {
        Condition same = Terms.staged("x", "ord").eq(Terms.staged("s", "ord"));
        return stage.refuse(
                select(Terms.staged("s", "ord"))
                        .from(stage.documents("s"))
                        .join(other.rejects("x"))
                        .on(same.and(Terms.staged("x", "code").eq(inline(code.name())))),
                code);
    }

    /** Rejects by code, each document once. */
    String rejects() {
        Field<Object> code = Terms.staged("r", "code");
        Table<?> rejects = union(planning -> select(List.of(Terms.staged("x", "ord"), Terms.staged("x", "code")))
                .from(planning.staged().tables().rejects("x")));
        Table<?> once = select(ORD, code)
                .distinctOn(ORD)
                .from(rejects)
                .orderBy(ORD, code)
                .asTable("q");
        Field<Object> each = Terms.staged("q", "code");
        return Sql.text(select(each, count()).from(once).groupBy(each));
    }

    /** How many documents are left, how many of them are new to all tables, and how many others would change any. */
    String counts() {
        Table<?> rows = union(planning -> {
            StageTables tables = planning.staged().tables();
            Field<Object> ord = Terms.staged("s", "ord");
            Condition changes = exists(selectOne()
                    .from(tables.differences("d"))
                    .where(Terms.staged("d", "ord").eq(ord)));
            return select(List.of(
                            ord,
                            field(planning.statements().isNew()).as("new"),
                            field(changes).as("changed")))
                    .from(tables.documents("s"));
        });
        Condition isNew = Terms.flag("r", "new");
        Table<?> documents = select(
                        boolAnd(isNew).as("new"),
                        boolOr(isNew.or(Terms.flag("r", "changed"))).as("written"))
                .from(rows)
                .groupBy(ORD)
                .asTable("q");
        Condition allNew = Terms.flag("q", "new");
        return Sql.text(select(
                        count(),
                        count().filterWhere(allNew),
                        count().filterWhere(not(allNew).and(Terms.flag("q", "written"))))
                .from(documents));
    }

    private Table<?> union(Function<CollectionPlanning, Select<Record>> query) {
        return plannings.stream()
                .map(query)
                .reduce(Select::unionAll)
                .orElseThrow(() -> new IllegalStateException("a shared collection has mappings"))
                .asTable("r");
    }
}
