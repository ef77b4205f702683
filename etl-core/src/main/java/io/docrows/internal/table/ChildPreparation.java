package io.docrows.internal.table;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectDistinct;

import io.docrows.internal.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The statements that make of the staged rows of a child table what a run would, before they are compared: their
 * references are resolved, rows are left out, and documents are named that a run would reject. In them, {@code s} are
 * the staged rows. Immutable and thread-safe.
 */
public final class ChildPreparation {

    private static final Field<Object> ORD = ChildTable.ORD;

    private final ChildTable table;
    private final Terms terms;

    /**
     * The statements for one child table.
     *
     * @param table the child table
     */
    public ChildPreparation(ChildTable table) {
        this.table = table;
        this.terms = table.terms();
    }

    /**
     * Whether a staged row leads to a row whose id is not known.
     *
     * @param reference a reference of this table
     * @return a condition
     */
    public static Condition isUnresolved(Reference reference) {
        return key(reference).isNotNull().and(Terms.staged("s", reference.id()).isNull());
    }

    private static Field<Object> key(Reference reference) {
        return Terms.staged("s", reference.key());
    }

    /**
     * Fills in the staged ids that references lead to.
     *
     * @param reference a reference of this table
     * @param parents the rows it may lead to, as {@code p}, with their key as {@code v} and their {@code id}
     * @return the statement
     */
    public String resolve(Reference reference, Table<?> parents) {
        return Sql.text(Sql.dsl()
                .update(table.staged("s"))
                .set(Map.of(DSL.field(name(reference.id())), Terms.staged("p", "id")))
                .from(parents)
                .where(key(reference).isNotNull())
                .and(leadsTo(reference, "p")));
    }

    /**
     * Whether a staged row leads to a row with the key {@code v}.
     *
     * @param reference a reference of this table
     * @param parent the other row's alias
     * @return a condition
     */
    public Condition leadsTo(Reference reference, String parent) {
        return terms.same(reference.mapping().parentKey(), Terms.staged(parent, "v"), key(reference));
    }

    /**
     * Leaves out staged rows.
     *
     * @param which which of them
     * @return the statement
     */
    public String leaveOut(Condition which) {
        return Sql.text(Sql.dsl().deleteFrom(table.staged("s")).where(which));
    }

    /**
     * Forgets where staged rows lead to.
     *
     * @param reference a reference of this table
     * @param which which of them
     * @return the statement
     */
    public String forget(Reference reference, Condition which) {
        return Sql.text(Sql.dsl()
                .update(table.staged("s"))
                .set(Map.of(DSL.field(name(reference.key())), inline((Object) null)))
                .where(which));
    }

    /**
     * Finds staged documents.
     *
     * @param which a condition on a staged row and its document {@code d}
     * @return a query for their {@code ord}
     */
    public Select<?> documentsWith(Condition which) {
        return selectDistinct(ORD)
                .from(table.staged("s"))
                .join(table.documents().documents("d"))
                .on(Terms.staged("d", "ord").eq(ORD))
                .where(which);
    }

    /**
     * Finds the staged documents with two rows of the same identity. References are compared by the keys that they lead
     * to, as the rows themselves may not be there yet.
     *
     * @return a query for their {@code ord}
     */
    public Select<?> duplicates() {
        List<Field<?>> identity = new ArrayList<>(List.of(ORD));
        for (int i = 0; i < table.way().size(); i++) {
            identity.add(Terms.staged("s", "a" + i));
        }
        List<Condition> present = new ArrayList<>();
        for (TableField<?, ?> column : table.mapping().identity()) {
            Field<Object> value = table.referenceOf(column)
                    .map(ChildPreparation::key)
                    .orElseGet(() -> table.stagedIdentity(column, "s"));
            identity.add(value);
            present.add(value.isNotNull());
        }
        return selectDistinct(ORD)
                .from(table.staged("s"))
                .where(Terms.all(present))
                .groupBy(identity)
                .having(DSL.count().gt(inline(1)));
    }

    /**
     * Leaves out the staged rows of a join table that lead where a row of the same document leads already. References
     * are compared by the keys that they lead to, as the rows themselves may not be there yet.
     *
     * @return the statement
     */
    public String linkOnce() {
        Field<Object> place = DSL.field(DSL.name("s", "ctid"), Object.class);
        List<Field<?>> link = new ArrayList<>(List.of(ORD));
        for (int i = 0; i < table.way().size(); i++) {
            link.add(Terms.staged("s", "a" + i));
        }
        table.references().forEach(reference -> link.add(key(reference)));
        Select<?> ranked = DSL.select(
                        place.as("place"),
                        DSL.rowNumber().over().partitionBy(link).orderBy(place).as("n"))
                .from(table.staged("s"));
        return Sql.text(Sql.dsl()
                .deleteFrom(table.staged("s"))
                .where(DSL.condition(
                        "{0} = ANY (ARRAY({1}))",
                        place,
                        DSL.select(DSL.field(DSL.name("ranked", "place")))
                                .from(ranked.asTable("ranked"))
                                .where(DSL.field(DSL.name("ranked", "n"), Integer.class)
                                        .gt(inline(1))))));
    }
}
