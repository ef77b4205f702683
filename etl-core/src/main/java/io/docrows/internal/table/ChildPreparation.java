package io.docrows.internal.table;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ColumnMapping;
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

    /**
     * Finds the staged rows that break a check and are not in the target already.
     *
     * @param columns the columns that the check looks at, which are all mapped
     * @param check the check's expression
     * @return a query for their documents' {@code ord}, {@code batch} and {@code place}
     */
    public Select<?> violations(List<String> columns, String check) {
        List<Field<?>> written = new ArrayList<>();
        List<ColumnMapping> mapped = table.mapping().columns();
        for (int i = 0; i < mapped.size(); i++) {
            String column = mapped.get(i).column().getName();
            if (columns.contains(column)) {
                written.add(RowImage.inserted(terms, mapped.get(i), i, "s").as(column));
            }
        }
        List<Condition> there = new ArrayList<>(
                List.of(Terms.staged("d", "ord").eq(ORD), table.isOnTheWay("s"), table.hasIdentity("z", "s")));
        RowImage image = table.image();
        if (!image.isEmpty()) {
            there.add(not(Terms.differ(
                    image.stored("z", "s"), image.wanted("z", "s", reference -> Terms.staged("s", reference.id())))));
        }
        return selectDistinct(Terms.staged("n", "ord"), Terms.staged("n", "batch"), Terms.staged("n", "place"))
                .from(table.staged("s"))
                .join(table.documents().documents("n"))
                .on(Terms.staged("n", "ord").eq(ORD))
                .where(exists(selectOne()
                        .from(select(written).asTable("written"))
                        // As the catalog has it, whatever is in there.
                        .where(not(DSL.condition(DSL.raw("(" + check + ")"))))))
                .and(notExists(selectOne().from(table.stored()).where(Terms.all(there))));
    }
}
