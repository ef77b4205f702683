package io.docrows.internal.write;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;

/**
 * The session-local tables that a batch is copied into: one for the documents, one for the elements of each join. Their
 * columns take the types of the target's columns from the target itself, so that what is staged is what is stored.
 */
final class StagingTables {

    /** The documents: {@code ord}, columns {@code c0…}, natural keys of references {@code r0…}. */
    static final String DOCUMENTS = "pg_temp.docrows_stage";

    private StagingTables() {}

    /** The elements of one join: {@code ord}, {@code value}. */
    static String elements(JoinMapping join) {
        return DOCUMENTS + "_" + join.index();
    }

    static <R extends TableRecord<R>> List<String> create(CollectionMapping<R> mapping, StagedRow<R> row) {
        List<String> statements = new ArrayList<>(drop(mapping));
        statements.add(create(DOCUMENTS, row.asSelect("0::int4 AS ord")));
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
