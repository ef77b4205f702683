package io.docrows.internal.write;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;

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

    static List<String> create(CollectionMapping<?> mapping) {
        List<String> statements = new ArrayList<>(drop(mapping));
        List<String> columns = new ArrayList<>(List.of("0::int4 AS ord"));
        StringBuilder from = new StringBuilder(Sql.table(mapping.table())).append(" t");
        int number = 0;
        for (ColumnMapping column : mapping.columns()) {
            columns.add("t." + Sql.column(column.column()) + " AS c" + number++);
        }
        for (ReferenceMapping<?> reference : mapping.references()) {
            int i = reference.index();
            columns.add("p" + i + "." + Sql.column(reference.parentKey()) + " AS r" + i);
            from.append(", ")
                    .append(MergeStatements.tableOf(reference.parentKey()))
                    .append(" p")
                    .append(i);
        }
        statements.add(create(DOCUMENTS, String.join(", ", columns), from.toString()));
        for (JoinMapping join : mapping.joins()) {
            statements.add(create(
                    elements(join),
                    "0::int4 AS ord, t." + Sql.column(join.join().lookup()) + " AS value",
                    MergeStatements.tableOf(join.join().lookup()) + " t"));
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

    private static String create(String name, String columns, String from) {
        // The temporary schema cannot be named before it exists, hence TEMP and the bare name.
        return "CREATE TEMP TABLE " + name.substring("pg_temp.".length()) + " ON COMMIT DELETE ROWS AS SELECT "
                + columns + " FROM " + from + " WITH NO DATA";
    }
}
