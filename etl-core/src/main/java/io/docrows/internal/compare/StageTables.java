package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.StagedRow;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * The temporary tables that hold one whole collection. Unlike those of a batch they outlive transactions, for documents
 * are staged in many of them and compared in one.
 *
 * @param tree the tables that the collection fills, and where their rows are staged
 * @param key how documents find their rows
 */
record StageTables(TableTree tree, RowKey key) {

    /** Those of a mapping; {@code number} is the collection's among those compared. */
    static StageTables of(CollectionMapping<?> mapping, TableCatalog catalog, int number) {
        return new StageTables(
                TableTree.of(mapping, catalog, Stage.ofCollection(number)), new RowKey(mapping, catalog));
    }

    private String name(String suffix) {
        return tree.stage().other(suffix);
    }

    /**
     * Documents that were decoded: {@code ord}, their {@code batch} and {@code place} in it, {@code id} and
     * {@code digest} where they are needed to find a document in the reject table, and the columns of
     * {@link StagedRow}.
     */
    String documents() {
        return tree.stage().documents();
    }

    /** The name of a staging table's sister, in which texts are that are still to become values. */
    static String texts(String staged) {
        return staged.substring("pg_temp.".length()) + "_texts";
    }

    /** The elements of one join: {@code ord}, {@code value}. */
    String elements(int link) {
        return tree.stage().elements(link);
    }

    /**
     * Documents that cannot have a row: {@code ord}, {@code code}, {@code id}, {@code digest}, and the key as
     * {@code c0} and so on.
     */
    String rejects() {
        return name("reject");
    }

    /** What differs, see {@link VerifyStatements}. */
    String differences() {
        return name("difference");
    }

    /** Join rows that differ: {@code ord}, {@code value}, {@code missing}. */
    String links(int link) {
        return name("link_" + link);
    }

    /** Rows of a child table that differ. */
    String rows(int child) {
        return name("row_" + child);
    }

    /** Documents that break a check: {@code ord}, {@code batch}, {@code place}. */
    String violations() {
        return name("violation");
    }

    /** Documents that one attempt to write a chunk would refuse: {@code ord}. */
    String attempt() {
        return name("attempt");
    }

    /** Documents that compete for a value, see {@link UniqueStatements}. */
    String contenders(int constraint) {
        return name("contender_" + constraint);
    }

    /** Rows that hold such a value. */
    String holders(int constraint) {
        return name("holder_" + constraint);
    }

    /** The tables of one constraint that a run meets only by failing, see {@link UniqueContest}. */
    String contest(String what, int constraint) {
        return name("contest_" + what + "_" + constraint);
    }

    /** Moves documents to the rejects; {@code query} returns their {@code ord}. */
    String refuse(String query, RejectCode code) {
        return "WITH refused AS (" + query + "), moved AS (DELETE FROM " + documents()
                + " s USING refused WHERE s.ord = refused.ord RETURNING s.ord, s.id, s.digest, " + key.staged("s")
                + ") INSERT INTO " + rejects() + " (ord, code, id, digest, " + key.names() + ") SELECT ord, "
                + Sql.literal(code.name()) + ", id, digest, " + key.names() + " FROM moved";
    }

    /** The statements that make those of documents, of their parts, and of what cannot have a row. */
    List<String> create(StagedRow<?> row) {
        List<String> statements = new ArrayList<>(drop());
        statements.add(create(
                documents(),
                row.asSelect(
                        "0::int8 AS ord, 0::int4 AS batch, 0::int4 AS place, ''::text AS id, ''::bytea AS digest")));
        tree.links().forEach(link -> statements.add(link.createElements()));
        tree.children().forEach(child -> statements.add(child.createStage()));
        statements.add(create(
                rejects(),
                "SELECT 0::int8 AS ord, ''::text AS code, ''::text AS id, ''::bytea AS digest, "
                        + key.selected("t") + " FROM "
                        + Sql.table(tree.documents().mapping().table()) + " t WITH NO DATA"));
        return statements;
    }

    /** All of those. */
    List<String> staged() {
        List<String> tables = new ArrayList<>(List.of(documents(), rejects()));
        tree.links().stream().map(LinkTable::elements).forEach(tables::add);
        tree.children().stream().map(ChildTable::staged).forEach(tables::add);
        return tables;
    }

    /** The statements that remove those. */
    List<String> drop() {
        List<String> statements = new ArrayList<>();
        for (String table : staged()) {
            statements.add(Stage.drop(table));
            statements.add(Stage.drop("pg_temp." + texts(table)));
        }
        return statements;
    }

    static String create(String name, String query) {
        // The temporary schema cannot be named before it exists, hence TEMP and the bare name.
        return "CREATE TEMP TABLE " + name.substring("pg_temp.".length()) + " AS " + query;
    }
}
