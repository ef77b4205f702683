package io.docrows.internal.compare;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ContestedValues;
import io.docrows.internal.table.RowKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;

/**
 * Which documents a unique constraint would refuse that a run only meets by failing, as those of child tables: so the
 * run halves a chunk until PostgreSQL takes all of it, or one document is left.
 *
 * <p>Contenders {@code p} are documents with a staged value {@code w} that another staged row or a row of another
 * document has too, and the documents of such rows. Holders {@code h} are the target's rows with a value that a
 * contender wants.
 */
final class UniqueContest {

    private final StageTables tables;
    private final RowKey key;
    private final ContestedValues unique;
    private final String contenders;
    private final String wanted;
    private final String holders;
    private final Optional<String> stored;

    UniqueContest(StagedCollection<?> staged, ContestedValues unique, int number) {
        this.tables = staged.tables();
        this.key = tables.key();
        this.unique = unique;
        this.contenders = tables.contest("contender", number);
        this.wanted = tables.contest("wanted", number);
        this.holders = tables.contest("holder", number);
        this.stored = unique.stored(staged.mapping().key());
    }

    List<String> create() {
        List<String> statements = new ArrayList<>(drop());
        statements.add(StageTables.create(
                contenders,
                "SELECT s.ord, s.batch, s.place, false AS done, " + Sql.text(DSL.list(key.staged("s"))) + " FROM "
                        + tables.documents() + " s WITH NO DATA"));
        statements.add(
                StageTables.create(wanted, "SELECT 0::int8 AS n, w.* FROM (" + unique.staged() + ") w WITH NO DATA"));
        stored.ifPresent(
                rows -> statements.add(StageTables.create(holders, "SELECT w.* FROM (" + rows + ") w WITH NO DATA")));
        return statements;
    }

    List<String> drop() {
        return List.of(
                "DROP TABLE IF EXISTS " + contenders,
                "DROP TABLE IF EXISTS " + wanted,
                "DROP TABLE IF EXISTS " + holders);
    }

    /** Finds contenders, what they want, and who holds it. Returns the batches in which there are contenders. */
    List<Integer> find(Connection connection) throws SQLException {
        if (Statements.update(connection, findContenders()) == 0) {
            return List.of();
        }
        Statements.update(
                connection,
                "INSERT INTO " + wanted + " SELECT row_number() OVER (), w.* FROM (" + unique.staged() + ") w JOIN "
                        + contenders + " p ON p.ord = w.ord");
        if (stored.isPresent()) {
            Statements.update(
                    connection,
                    "INSERT INTO " + holders + " SELECT x.* FROM (" + stored.get() + ") x WHERE EXISTS (SELECT FROM "
                            + wanted + " w WHERE " + unique.equal("x", "w") + ")");
        }
        return Statements.rows(connection, "SELECT DISTINCT batch FROM " + contenders, row -> row.getInt(1));
    }

    private String findContenders() {
        String values = String.join(", ", unique.names());
        String twice = "SELECT w.ord FROM (" + unique.staged() + ") w JOIN (SELECT " + values + " FROM ("
                + unique.staged() + ") n GROUP BY " + values + " HAVING count(*) > 1) d ON " + unique.equal("d", "w");
        String taken = stored.map(rows -> {
                    String both = " FROM (" + unique.staged() + ") w JOIN " + tables.documents()
                            + " n ON n.ord = w.ord JOIN (" + rows + ") x ON " + unique.equal("x", "w") + " AND "
                            + Sql.text(key.differs("x", "n"));
                    return " UNION SELECT w.ord" + both + " UNION SELECT o.ord" + both + " JOIN " + tables.documents()
                            + " o ON " + Sql.text(key.isSame("o", "x"));
                })
                .orElse("");
        return "INSERT INTO " + contenders + " SELECT s.ord, s.batch, s.place, false, "
                + Sql.text(DSL.list(key.staged("s"))) + " FROM " + tables.documents() + " s WHERE s.ord IN (" + twice
                + taken + ")";
    }

    /** Whether there is a contender in a chunk. */
    String compete(Chunk chunk) {
        return "SELECT count(*) FROM (SELECT FROM " + contenders + " s WHERE " + Sql.text(chunk.of("s"))
                + " LIMIT 1) one";
    }

    /**
     * The documents of a chunk with a row that PostgreSQL would refuse, given what became of the chunks before, and
     * without those that this attempt refuses already. Rows of a document that is written are what is staged of it, all
     * others are as they are.
     */
    String refused(Chunk chunk) {
        String attempt = "SELECT p.ord, " + Sql.text(DSL.list(key.staged("p"))) + " FROM " + contenders + " p WHERE "
                + Sql.text(chunk.of("p")) + " AND NOT EXISTS (SELECT FROM " + tables.attempt()
                + " a WHERE a.ord = p.ord)";
        String values = unique.names().stream().map(name -> "w." + name).collect(Collectors.joining(", "));
        String others =
                "SELECT " + values + " FROM " + wanted + " w JOIN " + contenders + " p ON p.ord = w.ord AND p.done";
        if (stored.isPresent()) {
            others += " UNION ALL SELECT " + values + " FROM " + holders + " w WHERE NOT EXISTS (SELECT FROM "
                    + contenders + " p WHERE p.done AND " + Sql.text(key.isSame("p", "w"))
                    + ") AND NOT EXISTS (SELECT FROM b p WHERE " + Sql.text(key.isSame("p", "w")) + ")";
        }
        return "WITH b AS MATERIALIZED (" + attempt + "), own AS MATERIALIZED (SELECT w.n, w.ord, " + values + " FROM "
                + wanted + " w JOIN b ON b.ord = w.ord), others AS MATERIALIZED (" + others
                + ") SELECT DISTINCT o.ord FROM own o WHERE EXISTS (SELECT FROM others x WHERE "
                + unique.equal("x", "o") + ") OR EXISTS (SELECT FROM own x WHERE x.n <> o.n AND "
                + unique.equal("x", "o") + ")";
    }

    /** A chunk was written: whoever was not refused has its values from now on. */
    List<String> settle(Chunk chunk) {
        return List.of(
                "DELETE FROM " + contenders + " s WHERE " + Sql.text(chunk.of("s")) + " AND EXISTS (SELECT FROM "
                        + tables.rejects() + " x WHERE x.ord = s.ord)",
                "UPDATE " + contenders + " s SET done = true WHERE " + Sql.text(chunk.of("s")));
    }
}
