package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.write.StagedRow;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * The temporary tables that hold one whole collection. Unlike those of a batch they outlive transactions, for documents
 * are staged in many of them and compared in one.
 *
 * @param number the number of the collection among those compared
 */
record StageTables(int number) {

    private String name(String suffix) {
        return "pg_temp.docrows_compare_" + number + suffix;
    }

    /**
     * Documents that were decoded: {@code ord}, their {@code batch} and {@code place} in it, {@code id} and
     * {@code digest} where they are needed to find a document in the reject table, and the columns of
     * {@link StagedRow}.
     */
    String documents() {
        return name("");
    }

    /** The name of the table of documents as long as texts in it are still to become values. */
    String texts() {
        return "docrows_compare_" + number + "_texts";
    }

    /** The elements of one join: {@code ord}, {@code value}. */
    String elements(int link) {
        return name("_element_" + link);
    }

    /**
     * Documents that cannot have a row: {@code ord}, {@code code}, {@code id}, {@code digest}, and the key as
     * {@code c0}.
     */
    String rejects() {
        return name("_reject");
    }

    /** What differs, see {@link VerifyStatements}. */
    String differences() {
        return name("_difference");
    }

    /** Join rows that differ: {@code ord}, {@code value}, {@code missing}. */
    String links(int link) {
        return name("_link_" + link);
    }

    /** Documents that break a check: {@code ord}, {@code batch}, {@code place}. */
    String violations() {
        return name("_violation");
    }

    /** Documents that one attempt to write a chunk would refuse: {@code ord}. */
    String attempt() {
        return name("_attempt");
    }

    /** Documents that compete for a value, see {@link UniqueStatements}. */
    String contenders(int constraint) {
        return name("_contender_" + constraint);
    }

    /** Rows that hold such a value. */
    String holders(int constraint) {
        return name("_holder_" + constraint);
    }

    /** Moves documents to the rejects; {@code query} returns their {@code ord}. */
    String refuse(String query, RejectCode code) {
        return "WITH refused AS (" + query + "), moved AS (DELETE FROM " + documents()
                + " s USING refused WHERE s.ord = refused.ord RETURNING s.ord, s.id, s.digest, s.c0) INSERT INTO "
                + rejects() + " (ord, code, id, digest, c0) SELECT ord, " + Sql.literal(code.name())
                + ", id, digest, c0 FROM moved";
    }

    /** The statements that make the first three. */
    <R extends TableRecord<R>> List<String> create(CollectionMapping<R> mapping, StagedRow<R> row) {
        List<String> statements = new ArrayList<>(drop(mapping));
        statements.add(create(
                documents(),
                row.asSelect(
                        "0::int8 AS ord, 0::int4 AS batch, 0::int4 AS place, ''::text AS id, ''::bytea AS digest")));
        for (int link = 0; link < mapping.joins().size(); link++) {
            TableField<?, ?> lookup = mapping.joins().get(link).join().lookup();
            statements.add(create(
                    elements(link),
                    "SELECT 0::int8 AS ord, t." + Sql.column(lookup) + " AS value FROM " + Sql.tableOf(lookup)
                            + " t WITH NO DATA"));
        }
        statements.add(create(
                rejects(),
                "SELECT 0::int8 AS ord, ''::text AS code, ''::text AS id, ''::bytea AS digest, t."
                        + Sql.column(mapping.key().get(0)) + " AS c0 FROM " + Sql.table(mapping.table())
                        + " t WITH NO DATA"));
        return statements;
    }

    /** The statements that remove those. */
    List<String> drop(CollectionMapping<?> mapping) {
        List<String> tables = new ArrayList<>(List.of(documents(), rejects(), "pg_temp." + texts()));
        for (int link = 0; link < mapping.joins().size(); link++) {
            tables.add(elements(link));
        }
        return tables.stream().map(table -> "DROP TABLE IF EXISTS " + table).toList();
    }

    static String create(String name, String query) {
        // The temporary schema cannot be named before it exists, hence TEMP and the bare name.
        return "CREATE TEMP TABLE " + name.substring("pg_temp.".length()) + " AS " + query;
    }
}
