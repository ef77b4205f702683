package io.docrows.internal.table;

import static org.jooq.impl.DSL.inline;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.Join;
import io.docrows.mapping.JoinMapping;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A join table between the documents' own table and a lookup table, whose rows equal an array. In its statements
 * {@code t} are rows of the documents' table, {@code s} the staged documents, {@code e} staged elements, {@code l} the
 * lookup table and {@code j} the join table. Immutable and thread-safe.
 */
public final class LinkTable {

    private final int number;
    private final JoinMapping mapping;
    private final Join<?> join;
    private final RowTable documents;
    private final Terms terms;
    private final LinkMerge merge;

    LinkTable(int number, JoinMapping mapping, RowTable documents) {
        this.number = number;
        this.mapping = mapping;
        this.join = mapping.join();
        this.documents = documents;
        this.terms = documents.terms();
        this.merge = new LinkMerge(this);
    }

    /**
     * This table's number among the join tables of its mapping.
     *
     * @return from 0
     */
    public int number() {
        return number;
    }

    /**
     * The statements that merge the staged elements.
     *
     * @return the statements
     */
    public LinkMerge merge() {
        return merge;
    }

    /**
     * What the mapping says of it.
     *
     * @return as it was built
     */
    public JoinMapping mapping() {
        return mapping;
    }

    /**
     * The staging table of the array's elements.
     *
     * @return its qualified name
     */
    public String elements() {
        return documents.stage().elements(number);
    }

    /**
     * The column of the staged documents that holds the ids which a document is to be linked to.
     *
     * @return its name
     */
    public String linkedIds() {
        return "l" + number;
    }

    /**
     * Makes the staging table of the elements.
     *
     * @return the statement
     */
    public String createElements() {
        Stage stage = documents.stage();
        return stage.create(
                elements(),
                DSL.select(stage.ord(), Terms.field("t", join.lookup()).as("value"))
                        .from(Terms.tableOf(join.lookup(), "t")));
    }

    Table<Record> elements(String alias) {
        return Stage.table(elements(), alias);
    }

    Table<Record> links(String alias) {
        return Terms.table(join.table(), alias);
    }

    RowTable documents() {
        return documents;
    }

    /** Whether an index begins with the column that leads to the documents' table. */
    boolean isIndexed() {
        return Terms.beginsWith(join.table(), List.of(join.owner()));
    }

    /** Whether a lookup table's row is the one that an element names. */
    Condition isNamed() {
        return terms.same(join.lookup(), Terms.field("l", join.lookup()), Terms.staged("e", "value"));
    }

    /**
     * Whether a join row belongs to a row of the documents' table.
     *
     * @param link the alias of the join row
     * @param row the alias of the other one
     * @return the condition
     */
    public Condition isLinkOf(String link, String row) {
        return terms.same(mapping.ownerId(), Terms.field(link, join.owner()), Terms.field(row, mapping.ownerId()));
    }

    /** Whether a join row leads to a row of the lookup table. */
    Condition leadsTo(String link, String other) {
        return terms.same(mapping.otherId(), Terms.field(other, mapping.otherId()), Terms.field(link, join.other()));
    }

    /**
     * What PostgreSQL calls the type of the linked ids, as a number.
     *
     * @return a query for it, once the table of documents is there
     */
    public String typeOfLinkedIds() {
        return "SELECT t.typelem::int8 FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = '" + documents.stage().documents() + "'::regclass AND a.attname = '"
                + linkedIds() + "'";
    }

    /**
     * The column of the linked ids, for the query that makes the table of documents.
     *
     * @return an expression with its name
     */
    public Field<?> linkedIdsColumn() {
        return DSL.field(DSL.select(DSL.array(Terms.field("x", join.other())))
                        .from(links("x"))
                        .limit(inline(1)))
                .as(linkedIds());
    }

    /**
     * Deletes the rows that belong to rows of the documents' table.
     *
     * @param rows a table of keys
     * @return the statement
     */
    public String deleteOf(DoomedRows rows) {
        return Sql.text(Sql.dsl()
                .deleteFrom(links("j"))
                .using(documents.rows("t").join(rows.table()).on(rows.isRow("t")))
                .where(isLinkOf("j", "t")));
    }

    /**
     * The lookup table's name, for people.
     *
     * @return schema and name
     */
    public String lookupName() {
        return QualifiedName.text(QualifiedName.tableOf(join.lookup()));
    }
}
