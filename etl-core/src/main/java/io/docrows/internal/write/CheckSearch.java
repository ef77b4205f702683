package io.docrows.internal.write;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.docrows.internal.postgres.FailedExpression;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.BrokenCheck;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Record2;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents in a stage with a row that a check constraint refuses: one query finds all of them, where writing
 * finds one and undoes the others. Checks that cannot be foreseen are left to PostgreSQL. Not thread-safe.
 */
final class CheckSearch {

    private final Connection connection;
    private final TableTree tree;
    private final boolean withLookups;
    private @Nullable List<BrokenCheck> checks;
    private String query = "";

    /**
     * A search.
     *
     * @param withLookups whether lookup tables get their rows after it, so that their checks count
     */
    CheckSearch(Connection connection, TableTree tree, boolean withLookups) {
        this.connection = connection;
        this.tree = tree;
        this.withLookups = withLookups;
    }

    /** Whether there is any check that can be foreseen. */
    boolean canFind() throws SQLException {
        return !checks().isEmpty();
    }

    /** Why documents in the stage are to be rejected, by number: for each the check that PostgreSQL meets first. */
    SortedMap<Integer, RejectReason> find() throws SQLException {
        List<BrokenCheck> all = checks();
        SortedMap<Integer, RejectReason> reasons = new TreeMap<>();
        if (all.isEmpty()) {
            return reasons;
        }
        Savepoint before = connection.setSavepoint();
        try {
            Statements.rows(
                    connection,
                    query,
                    row -> reasons.putIfAbsent(row.getInt(2), RejectReason.broken(all.get(row.getInt(1)))));
            connection.releaseSavepoint(before);
            return reasons;
        } catch (SQLException failure) {
            if (!FailedExpression.is(failure)) {
                throw failure;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
        forgetFailing(all);
        return find();
    }

    private List<BrokenCheck> checks() throws SQLException {
        List<BrokenCheck> known = checks;
        if (known == null) {
            known = new ArrayList<>(BrokenCheck.ofRows(connection, tree));
            if (withLookups) {
                known.addAll(BrokenCheck.ofLookups(connection, tree));
            }
            known.removeIf(check -> !check.certain());
            use(known);
        }
        return known;
    }

    /** Goes on without those of which an expression fails for a row in the stage. */
    private void forgetFailing(List<BrokenCheck> all) throws SQLException {
        List<BrokenCheck> left = new ArrayList<>();
        for (BrokenCheck check : all) {
            Savepoint before = connection.setSavepoint();
            try {
                Statements.rows(connection, query(List.of(check)), row -> row.getInt(1));
                left.add(check);
            } catch (SQLException failure) {
                if (!FailedExpression.is(failure)) {
                    throw failure;
                }
                connection.rollback(before);
            }
            connection.releaseSavepoint(before);
        }
        // All may be well one by one, and fail together because PostgreSQL evaluates them in another order.
        use(left.size() < all.size() ? left : List.of());
    }

    private void use(List<BrokenCheck> usable) {
        checks = List.copyOf(usable);
        query = usable.isEmpty() ? "" : query(usable);
    }

    private static String query(List<BrokenCheck> checks) {
        Select<Record2<Integer, Object>> all = documents(checks, 0);
        for (int i = 1; i < checks.size(); i++) {
            all = all.unionAll(documents(checks, i));
        }
        return Sql.text(all) + " ORDER BY 1";
    }

    private static Select<Record2<Integer, Object>> documents(List<BrokenCheck> checks, int number) {
        return select(inline(number).as("number"), Terms.staged("d", "ord"))
                .from(checks.get(number).documents().asTable("d"));
    }
}
