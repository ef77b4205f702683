package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;

/**
 * The session-local tables that a batch is copied into: one for the documents, one for the elements of each join. Their
 * columns take the types of the target's columns from the target itself, so that what is staged is what is stored.
 */
final class StagingTables {

    /**
     * The documents: {@code ord}, hash {@code d} of the {@code _id} where rows have owners, columns {@code c0…},
     * natural keys of references {@code r0…}, ids of parents {@code p0…}, ids of linked rows {@code l0…}.
     */
    static final String DOCUMENTS = "pg_temp.docrows_stage";

    private StagingTables() {}

    /** The elements of one join: {@code ord}, {@code value}. */
    static String elements(JoinMapping join) {
        return DOCUMENTS + "_" + join.index();
    }

    /** The column with the id of the row that a reference leads to; NULL if it leads to none. */
    static String parentId(ReferenceMapping<?> reference) {
        return "p" + reference.index();
    }

    /** The column with an array of the ids that a join's elements lead to; NULL if one of them leads to none. */
    static String linkedIds(JoinMapping join) {
        return "l" + join.index();
    }

    /** The number of the type that the elements of such an array have. */
    static String typeOfLinkedIds(JoinMapping join) {
        return "SELECT t.typelem::int8 FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = '" + DOCUMENTS + "'::regclass AND a.attname = '" + linkedIds(join) + "'";
    }

    private static String relatedRows(CollectionMapping<?> mapping, boolean identified) {
        StringBuilder columns = new StringBuilder("0::int4 AS ord").append(identified ? ", ''::bytea AS d" : "");
        for (ReferenceMapping<?> reference : mapping.references()) {
            String id = Sql.column(reference.column());
            columns.append(", (SELECT x.").append(id).append(" FROM ").append(Sql.table(mapping.table()));
            columns.append(" x LIMIT 1) AS ").append(parentId(reference));
        }
        for (JoinMapping join : mapping.joins()) {
            String id = Sql.column(join.join().other());
            columns.append(", (SELECT ARRAY[x.").append(id).append("] FROM ");
            columns.append(Sql.table(join.join().table()))
                    .append(" x LIMIT 1) AS ")
                    .append(linkedIds(join));
        }
        return columns.toString();
    }

    static <R extends TableRecord<R>> List<String> create(
            CollectionMapping<R> mapping, StagedRow<R> row, boolean identified) {
        List<String> statements = new ArrayList<>(drop(mapping));
        statements.add(create(DOCUMENTS, row.asSelect(relatedRows(mapping, identified))));
        for (JoinMapping join : mapping.joins()) {
            statements.add(create(elements(join), StagedRow.elementsAsSelect(join, "0::int4 AS ord")));
        }
        return statements;
    }

    static List<String> drop(CollectionMapping<?> mapping) {
        List<String> statements = new ArrayList<>(List.of("DROP TABLE IF EXISTS " + DOCUMENTS));
        for (JoinMapping join : mapping.joins()) {
            statements.add("DROP TABLE IF EXISTS " + elements(join));
        }
        return statements;
    }

    private static String create(String name, String query) {
        // The temporary schema cannot be named before it exists, hence TEMP and the bare name.
        return "CREATE TEMP TABLE " + name.substring("pg_temp.".length()) + " ON COMMIT DELETE ROWS AS " + query;
    }
}
