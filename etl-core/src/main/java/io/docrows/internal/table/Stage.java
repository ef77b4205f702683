package io.docrows.internal.table;

import io.docrows.internal.postgres.Sql;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The temporary tables in which the rows of documents stand before they are merged or compared, one for each table of
 * the tree. The rows of one document have its number, {@code ord}, in all of them.
 *
 * @param name what the tables' names begin with, unique in the session
 * @param wide whether documents are counted in 64 bits
 * @param onCommit what happens to the rows at the end of a transaction, as in {@code CREATE TABLE}
 */
public record Stage(String name, boolean wide, String onCommit) {

    private static final String SCHEMA = "pg_temp";

    /**
     * The stage of a writer, which is empty at the beginning of each transaction.
     *
     * @return the stage
     */
    public static Stage ofBatch() {
        return ofBatch(0);
    }

    /**
     * The stage of one of several writers that share a session.
     *
     * @param number the writer's number, from 0
     * @return the stage
     */
    public static Stage ofBatch(int number) {
        return new Stage("docrows_stage" + (number == 0 ? "" : number), false, " ON COMMIT DELETE ROWS");
    }

    /**
     * The stage of a whole collection.
     *
     * @param number the collection's number, unique in the session
     * @return the stage
     */
    public static Stage ofCollection(int number) {
        return new Stage("docrows_compare_" + number, true, "");
    }

    /**
     * The table of documents: the rows of the documents' own table.
     *
     * @return its qualified name
     */
    public String documents() {
        return SCHEMA + "." + name;
    }

    /**
     * The table of a join's elements.
     *
     * @param link the join table's number
     * @return its qualified name
     */
    public String elements(int link) {
        return SCHEMA + "." + name + "_element_" + link;
    }

    /**
     * The table of a child table's rows.
     *
     * @param child the child table's number
     * @return its qualified name
     */
    public String rows(int child) {
        return SCHEMA + "." + name + "_child_" + child;
    }

    /**
     * The table of what documents wait for by references of their elements.
     *
     * @return its qualified name
     */
    public String waiting() {
        return other("waiting");
    }

    /**
     * Another table of this stage.
     *
     * @param suffix what tells it from the others
     * @return its qualified name
     */
    public String other(String suffix) {
        return SCHEMA + "." + name + "_" + suffix;
    }

    /**
     * The name of a table that a writer needs beside this stage.
     *
     * @param kind what is in it, such as {@code parents}
     * @return the name without the schema, as unique as that of the stage
     */
    public String beside(String kind) {
        return name.replace("stage", kind);
    }

    /**
     * A staging table, to be used in statements.
     *
     * @param qualified one of the names above
     * @param alias its alias
     * @return the table
     */
    public static Table<Record> table(String qualified, String alias) {
        return table(qualified).as(DSL.name(alias));
    }

    /**
     * A staging table that is written.
     *
     * @param qualified one of the names above
     * @return the table
     */
    public static Table<Record> table(String qualified) {
        return DSL.table(DSL.name(SCHEMA, qualified.substring(SCHEMA.length() + 1)));
    }

    /**
     * Makes a temporary table that outlives transactions.
     *
     * @param qualified its qualified name
     * @param columns what its columns are selected like
     * @return the statement
     */
    public static String createForSession(String qualified, Select<?> columns) {
        return create(qualified, "", columns);
    }

    private static String create(String qualified, String onCommit, Select<?> columns) {
        // The temporary schema cannot be named before it exists, hence TEMP and the bare name. jOOQ would write ON
        // COMMIT behind the query.
        return "CREATE TEMP TABLE " + qualified.substring(SCHEMA.length() + 1) + onCommit + " AS " + Sql.text(columns)
                + " WITH NO DATA";
    }

    /**
     * Makes a staging table.
     *
     * @param qualified one of the names above
     * @param columns what its columns are selected like
     * @return the statement
     */
    public String create(String qualified, Select<?> columns) {
        return create(qualified, onCommit, columns);
    }

    /**
     * Drops a staging table, if it is there.
     *
     * @param qualified one of the names above
     * @return the statement
     */
    public static String drop(String qualified) {
        return "DROP TABLE IF EXISTS " + qualified;
    }

    /**
     * The number of a document, as a column from which a table is made.
     *
     * @return an expression with that name
     */
    public Field<?> ord() {
        return Terms.column(wide ? SQLDataType.BIGINT : SQLDataType.INTEGER, "ord");
    }
}
