package io.docrows.internal.table;

import static org.jooq.impl.DSL.coalesce;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.Join;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How the rows of a join table differ from the staged elements, of documents that have a row: in a temporary table of
 * {@code ord}, {@code value} and whether the row is {@code missing} or one too many. Immutable and thread-safe.
 */
public final class LinkDifference {

    private final LinkTable link;
    private final String differences;

    /**
     * The differences of one join table.
     *
     * @param link the join table
     * @param differences the qualified name of the table of differences
     */
    public LinkDifference(LinkTable link, String differences) {
        this.link = link;
        this.differences = differences;
    }

    /**
     * The join table.
     *
     * @return as it was given
     */
    public LinkTable link() {
        return link;
    }

    /**
     * The table of differences.
     *
     * @return its qualified name
     */
    public String differences() {
        return differences;
    }

    /**
     * The query that makes the table of differences.
     *
     * @return a query whose rows are not wanted
     */
    public Select<?> columns() {
        Join<?> join = link.mapping().join();
        return DSL.select(
                        Terms.column(SQLDataType.BIGINT, "ord"),
                        Terms.field("t", join.lookup()).as("value"),
                        Terms.column(SQLDataType.BOOLEAN, "missing"))
                .from(Terms.tableOf(join.lookup(), "t"));
    }

    /**
     * Finds the rows that differ.
     *
     * @return the statement
     */
    public String find() {
        Join<?> join = link.mapping().join();
        RowTable documents = link.documents();
        Field<Object> wantedOrd = Terms.staged("e", "ord");
        Field<Object> storedOrd = Terms.staged("a", "ord");
        Field<Object> wanted = Terms.staged("e", "value");
        Field<Object> stored = Terms.staged("a", "value");
        Select<?> elements = DSL.selectDistinct(wantedOrd, wanted)
                .from(link.elements("e"))
                .join(documents.documents("s"))
                .on(Terms.staged("s", "ord").eq(wantedOrd))
                .join(documents.rows("t"))
                .on(documents.isRowOf("t", "s"));
        Select<?> links = DSL.select(
                        Terms.staged("s", "ord").as("ord"),
                        Terms.field("l", join.lookup()).as("value"))
                .from(link.links("j"))
                .join(documents.rows("t"))
                .on(link.isLinkOf("j", "t"))
                .join(documents.documents("s"))
                .on(documents.isRowOf("t", "s"))
                .join(Terms.tableOf(join.lookup(), "l"))
                .on(link.leadsTo("j", "l"));
        Table<?> both = elements.asTable("e")
                .fullJoin(links.asTable("a"))
                .on(storedOrd.eq(wantedOrd).and(documents.terms().same(join.lookup(), stored, wanted)));
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(differences))
                .select(DSL.select(
                                coalesce(wantedOrd, storedOrd), coalesce(wanted, stored), DSL.field(storedOrd.isNull()))
                        .from(both)
                        .where(wantedOrd.isNull().or(storedOrd.isNull()))));
    }
}
