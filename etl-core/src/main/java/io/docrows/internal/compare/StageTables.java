package io.docrows.internal.compare;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.StagedRow;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The temporary tables that hold one whole collection. Unlike those of a batch they outlive transactions, for documents
 * are staged in many of them and compared in one.
 *
 * @param tree the tables that the collection fills, and where their rows are staged
 */
record StageTables(TableTree tree) {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    /** Those of a mapping; {@code number} is the collection's among those compared. */
    static StageTables of(CollectionMapping<?> mapping, TableCatalog catalog, int number) {
        return new StageTables(TableTree.of(mapping, catalog, Stage.ofCollection(number)));
    }

    /** How documents find their rows. */
    RowKey key() {
        return tree.documents().key();
    }

    private String other(String suffix) {
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

    Table<Record> documents(String alias) {
        return tree.documents().documents(alias);
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
        return other("reject");
    }

    Table<Record> rejects(String alias) {
        return Stage.table(rejects(), alias);
    }

    /** What differs, see {@link VerifyStatements}. */
    String differences() {
        return other("difference");
    }

    Table<Record> differences(String alias) {
        return Stage.table(differences(), alias);
    }

    /** Join rows that differ: {@code ord}, {@code value}, {@code missing}. */
    String links(int link) {
        return other("link_" + link);
    }

    /** Rows of a child table that differ. */
    String rows(int child) {
        return other("row_" + child);
    }

    /** Documents by the hash of their {@code _id}, see {@link io.docrows.internal.write.KeyClaims#hash}. */
    String hashed() {
        return other("hashed");
    }

    /** Documents that one attempt to write a chunk would refuse: {@code ord}. */
    String attempt() {
        return other("attempt");
    }

    Table<Record> attempt(String alias) {
        return Stage.table(attempt(), alias);
    }

    /** Documents that compete for a value, see {@link UniqueStatements}. */
    String contenders(int constraint) {
        return other("contender_" + constraint);
    }

    /** Rows that hold such a value. */
    String holders(int constraint) {
        return other("holder_" + constraint);
    }

    /** The tables of one constraint that a run meets only by failing, see {@link UniqueContest}. */
    String contest(String what, int constraint) {
        return other("contest_" + what + "_" + constraint);
    }

    /**
     * Of documents with the same {@code _id} the last one stays; what is staged of the others beside them is met no
     * more.
     *
     * @param byKey whether the key tells it
     */
    String removeSuperseded(boolean byKey) {
        List<Field<Object>> by = byKey ? key().staged("n") : List.of(Terms.staged("n", "id"));
        List<Field<?>> last = new ArrayList<>(by);
        last.add(DSL.max(Terms.staged("n", "ord")).as("last"));
        return Sql.text(Sql.dsl()
                .deleteFrom(documents("s"))
                .using(select(last)
                        .from(documents("n"))
                        .groupBy(by)
                        .having(DSL.count().gt(inline(1)))
                        .asTable("d"))
                .where(byKey ? key().isSame("s", "d") : Terms.staged("s", "id").eq(Terms.staged("d", "id")))
                .and(ORD.lt(Terms.staged("d", "last"))));
    }

    /** Moves documents to the rejects; {@code query} returns their {@code ord}. */
    String refuse(ResultQuery<?> query, RejectCode code) {
        List<String> columns = new ArrayList<>(List.of("ord", "id", "digest"));
        columns.addAll(key().names());
        Map<Field<?>, Field<?>> rejects = new LinkedHashMap<>();
        columns.forEach(column -> rejects.put(DSL.field(name(column)), Terms.staged("moved", column)));
        rejects.put(DSL.field(name("code")), inline(code.name()));
        return Sql.text(Sql.dsl()
                .with(name("refused").as(query))
                .with(name("moved")
                        .as(Sql.dsl()
                                .deleteFrom(documents("s"))
                                .using(DSL.table(name("refused")))
                                .where(ORD.eq(Terms.staged("refused", "ord")))
                                .returning(columns.stream()
                                        .map(column -> Terms.staged("s", column))
                                        .toList())))
                .insertInto(Stage.table(rejects()), rejects.keySet())
                .select(select(rejects.values()).from(DSL.table(name("moved")))));
    }

    /** The statements that make those of documents, of their parts, and of what cannot have a row. */
    List<String> create(StagedRow<?> row) {
        List<String> statements = new ArrayList<>(drop());
        statements.add(tree.stage()
                .create(
                        documents(),
                        row.asSelect(List.of(
                                tree.stage().ord(),
                                Terms.column(SQLDataType.INTEGER, "batch"),
                                Terms.column(SQLDataType.INTEGER, "place"),
                                Terms.column(SQLDataType.CLOB, "id"),
                                Terms.column(SQLDataType.BLOB, "digest")))));
        tree.links().forEach(link -> statements.add(link.createElements()));
        tree.children().forEach(child -> statements.add(child.staging().create()));
        List<Field<?>> columns = new ArrayList<>(List.of(
                Terms.column(SQLDataType.BIGINT, "ord"),
                Terms.column(SQLDataType.CLOB, "code"),
                Terms.column(SQLDataType.CLOB, "id"),
                Terms.column(SQLDataType.BLOB, "digest")));
        columns.addAll(key().selected("t"));
        statements.add(tree.stage()
                .create(rejects(), select(columns).from(tree.documents().rows("t"))));
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
}
