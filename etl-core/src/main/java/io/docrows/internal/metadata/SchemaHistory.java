package io.docrows.internal.metadata;

import io.docrows.internal.postgres.TargetSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What Flyway has written down about the library's own schema, read without Flyway. */
final class SchemaHistory {

    /** What it has written when it has applied every migration of this release, and none that failed. */
    private static final List<String> CURRENT = List.of(
            "1|bookkeeping|SQL|V1__bookkeeping.sql|1111739041|true",
            "2|deferred constraints|SQL|V2__deferred_constraints.sql|-233100062|true",
            "4|count late arrivals|SQL|V4__count_late_arrivals.sql|-1187392838|true",
            "5|policy use|SQL|V5__policy_use.sql|1598855092|true",
            "6|deletions and watermarks|SQL|V6__deletions_and_watermarks.sql|1655373978|true",
            "7|table owners and key claims|SQL|V7__table_owners_and_key_claims.sql|-563235946|true",
            "8|claims of tables|SQL|V8__claims_of_tables.sql|-930329172|true",
            "9|unmatched documents and owned rows|SQL|V9__unmatched_documents_and_owned_rows.sql|601049864|true",
            "10|pending documents|SQL|V10__pending_documents.sql|-55209793|true");

    /** The row that says who made the schema is not about a migration. */
    private static final String APPLIED = """
        SELECT concat_ws('|', version, description, type, script, checksum, success::text)
        FROM docrows.schema_history
        WHERE type <> 'SCHEMA'
        ORDER BY installed_rank
        """;

    /** How a target stands to this release. */
    enum State {
        /** There is no history, so nothing was applied. */
        ABSENT,
        /** Every migration of this release was applied as it is, and nothing else. */
        CURRENT,
        /** Anything else: older, newer, failed, changed. */
        OTHER
    }

    private SchemaHistory() {}

    /**
     * Compares what was applied with what this release would apply.
     *
     * @param target where
     * @return how it stands
     * @throws SQLException if it cannot be read
     */
    static State of(DataSource target) throws SQLException {
        try (TargetSession session = TargetSession.open(target, true, "docrows schema");
                Statement statement = session.connection().createStatement()) {
            if (isAbsent(statement)) {
                return State.ABSENT;
            }
            List<String> applied = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(APPLIED)) {
                while (rows.next()) {
                    applied.add(rows.getString(1));
                }
            }
            return applied.equals(CURRENT) ? State.CURRENT : State.OTHER;
        }
    }

    private static boolean isAbsent(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('docrows.schema_history') IS NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
