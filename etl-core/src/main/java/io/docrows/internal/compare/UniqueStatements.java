package io.docrows.internal.compare;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The SQL that says which documents a unique constraint would refuse. A run sees a batch at a time, so the outcome
 * depends on who comes first; but only a few documents compete at all, and only those are looked at chunk by chunk.
 *
 * <p>Contenders {@code s} are documents that want a value which another document wants too, or which another row has,
 * and the documents of such rows. Holders are the target's rows with a value that a contender wants.
 */
final class UniqueStatements {

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final StageTables tables;
    private final RowKey key;
    private final UniqueConstraint unique;
    private final String contenders;
    private final String holders;
    private final String table;

    UniqueStatements(StagedCollection<?> staged, UniqueConstraint unique, int number) {
        this.mapping = staged.mapping();
        this.catalog = staged.catalog();
        this.tables = staged.tables();
        this.key = tables.key();
        this.unique = unique;
        this.contenders = tables.contenders(number);
        this.holders = tables.holders(number);
        this.table = Sql.table(mapping.table());
    }

    List<String> create() {
        List<String> statements = new ArrayList<>(drop());
        statements.add(StageTables.create(
                contenders,
                "SELECT s.ord, s.batch, s.place, false AS done, " + keyAndValue("s") + " FROM " + tables.documents()
                        + " s WITH NO DATA"));
        statements.add(StageTables.create(
                holders, "SELECT " + keyAndValue("s") + " FROM " + tables.documents() + " s WITH NO DATA"));
        return statements;
    }

    List<String> drop() {
        return List.of("DROP TABLE IF EXISTS " + contenders, "DROP TABLE IF EXISTS " + holders);
    }

    /** Finds the contenders. */
    String findContenders() {
        String stage = tables.documents();
        String wanted = stage + " s JOIN " + table + " x ON " + equalsRow() + " AND " + key.isOther("x", "s");
        return "INSERT INTO " + contenders + " SELECT s.ord, s.batch, s.place, false, " + keyAndValue("s") + " FROM "
                + stage
                + " s WHERE s.ord IN (SELECT s.ord FROM " + stage + " s JOIN (SELECT " + staged("n") + " FROM " + stage
                + " n WHERE " + present("n") + " GROUP BY " + staged("n") + " HAVING count(*) > 1) d ON "
                + equal("d", "s") + " UNION SELECT s.ord FROM " + wanted + " UNION SELECT h.ord FROM " + wanted
                + " JOIN " + stage + " h ON " + key.isRowOf("x", "h") + ")";
    }

    /** Finds the holders. */
    String findHolders() {
        return "INSERT INTO " + holders + " SELECT DISTINCT "
                + both().map(c -> "x." + column(c)).collect(Collectors.joining(", ")) + " FROM "
                + contenders + " s JOIN " + table + " x ON " + equalsRow();
    }

    /** The batches in which there is a contender. */
    String batches() {
        return "SELECT DISTINCT batch FROM " + contenders;
    }

    /** Whether there is a contender in a chunk. */
    String compete(Chunk chunk) {
        return "SELECT count(*) FROM (SELECT FROM " + contenders + " s WHERE " + chunk.of("s") + " LIMIT 1) one";
    }

    /**
     * The documents of a chunk that would be refused, given what became of the chunks before, and without those that
     * this attempt refuses already. Of those that want the same value the one that has it already stays, else the
     * first; a row that gives up its value in this chunk does not stand in the way of another.
     */
    String duplicates(Chunk chunk) {
        return "WITH b AS (SELECT * FROM " + contenders + " s WHERE " + chunk.of("s")
                + " AND NOT EXISTS (SELECT FROM " + tables.attempt() + " a WHERE a.ord = s.ord)), v AS (SELECT "
                + keyAndValue("h") + " FROM " + holders + " h WHERE NOT EXISTS (SELECT FROM " + contenders
                + " p WHERE " + key.isSame("p", "h") + " AND p.done) UNION ALL SELECT " + keyAndValue("p") + " FROM "
                + contenders
                + " p WHERE p.done) SELECT ord FROM (SELECT s.ord, row_number() OVER (PARTITION BY " + staged("s")
                + " ORDER BY EXISTS (SELECT FROM v x WHERE " + key.isSame("x", "s") + " AND " + equal("x", "s")
                + ") DESC, s.ord) AS n FROM b s WHERE " + present("s")
                + ") ranked WHERE n > 1 UNION SELECT s.ord FROM b s JOIN v x ON " + equal("x", "s")
                + " AND " + key.differs("x", "s") + " WHERE NOT EXISTS (SELECT FROM b o WHERE "
                + key.isSame("o", "x") + " AND ("
                + unique.columns().stream()
                        .map(c -> equality(c).distinct("o.c" + c, "x.c" + c))
                        .collect(Collectors.joining(" OR "))
                + "))";
    }

    /** A chunk was written: whoever was not refused has its value from now on. */
    List<String> settle(Chunk chunk) {
        return List.of(
                "DELETE FROM " + contenders + " s WHERE " + chunk.of("s") + " AND EXISTS (SELECT FROM "
                        + tables.rejects() + " x WHERE x.ord = s.ord)",
                "UPDATE " + contenders + " s SET done = true WHERE " + chunk.of("s"));
    }

    private String staged(String alias) {
        return list(c -> alias + ".c" + c);
    }

    private String present(String alias) {
        return unique.columns().stream()
                .map(c -> alias + ".c" + c + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    private String equal(String left, String right) {
        return unique.columns().stream()
                .map(c -> equality(c).equal(left + ".c" + c, right + ".c" + c))
                .collect(Collectors.joining(" AND "));
    }

    private String equalsRow() {
        return unique.columns().stream()
                .map(c -> equality(c).equal("x." + column(c), "s.c" + c))
                .collect(Collectors.joining(" AND "));
    }

    /** The key and the unique value, which may have columns in common. */
    private String keyAndValue(String alias) {
        return both().map(c -> alias + ".c" + c).collect(Collectors.joining(", "));
    }

    private Stream<Integer> both() {
        return Stream.concat(IntStream.range(0, mapping.key().size()).boxed(), unique.columns().stream())
                .distinct();
    }

    private ColumnEquality equality(int number) {
        return catalog.equality(mapping.columns().get(number).column());
    }

    private String column(int number) {
        return Sql.column(mapping.columns().get(number).column());
    }

    private String list(Function<Integer, String> text) {
        return unique.columns().stream().map(text).collect(Collectors.joining(", "));
    }
}
