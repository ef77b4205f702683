package io.docrows.internal.write;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.FailedExpression;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.BrokenCheck;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.CheckConstraint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Record2;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents in a stage with a row that a check constraint refuses: one query finds all of them, where writing
 * finds one and undoes the others. Only checks count that PostgreSQL is certain to refuse; the others are left to it.
 * Not thread-safe.
 */
final class CheckSearch {

    private final Connection connection;
    private final TableTree tree;
    private final boolean ofNew;
    private @Nullable List<BrokenCheck> checks;
    private String query = "";

    /**
     * A search.
     *
     * @param ofNew whether no document in the stage has a row yet
     */
    CheckSearch(Connection connection, TableTree tree, boolean ofNew) {
        this.connection = connection;
        this.tree = tree;
        this.ofNew = ofNew;
    }

    /** Why documents in the stage are to be rejected, by number: for each the first check of the first table. */
    SortedMap<Integer, RejectReason> find() throws SQLException {
        while (true) {
            List<BrokenCheck> all = checks();
            if (all.isEmpty()) {
                return new TreeMap<>();
            }
            SortedMap<Integer, RejectReason> reasons = new TreeMap<>();
            if (!findBy(all, reasons)) {
                forgetFailing(all);
            } else if (reasons.isEmpty() || areStillThere(all)) {
                return reasons;
            }
        }
    }

    /** Returns false if that cannot be evaluated, at least not for these rows. */
    private boolean findBy(List<BrokenCheck> all, SortedMap<Integer, RejectReason> reasons) throws SQLException {
        return evaluate(query, row -> reasons.putIfAbsent(row.getInt(2), RejectReason.broken(all.get(row.getInt(1)))));
    }

    private boolean evaluate(String sql, Statements.Row<?> each) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean done = true;
        try {
            Statements.rows(connection, sql, each);
        } catch (SQLException failure) {
            if (!FailedExpression.is(failure)) {
                throw failure;
            }
            connection.rollback(before);
            done = false;
        }
        connection.releaseSavepoint(before);
        return done;
    }

    private List<BrokenCheck> checks() throws SQLException {
        List<BrokenCheck> known = checks;
        if (known == null) {
            known = read();
            use(known);
        }
        return known;
    }

    private List<BrokenCheck> read() throws SQLException {
        return BrokenCheck.ofRows(connection, tree).stream()
                .filter(BrokenCheck::certain)
                .toList();
    }

    /**
     * Whether all checks are as they were when they were read; otherwise those that are there now are used. Whoever
     * follows a source writes for days, and somebody may drop a constraint because it refuses documents.
     */
    private boolean areStillThere(List<BrokenCheck> all) throws SQLException {
        List<BrokenCheck> now = read();
        if (names(now).containsAll(names(all))) {
            return true;
        }
        use(now);
        return false;
    }

    private static Set<Map.Entry<String, CheckConstraint>> names(List<BrokenCheck> some) {
        Set<Map.Entry<String, CheckConstraint>> names = new HashSet<>();
        some.forEach(check -> names.add(Map.entry(QualifiedName.text(check.table()), check.check())));
        return names;
    }

    /** Goes on without those of which an expression fails for a row in the stage. */
    private void forgetFailing(List<BrokenCheck> all) throws SQLException {
        List<BrokenCheck> left = new ArrayList<>();
        for (BrokenCheck check : all) {
            if (evaluate(query(List.of(check)), row -> row.getInt(1))) {
                left.add(check);
            }
        }
        // All may be well one by one, and fail together because PostgreSQL evaluates them in another order.
        use(left.size() < all.size() ? left : List.of());
    }

    private void use(List<BrokenCheck> usable) {
        checks = List.copyOf(usable);
        query = usable.isEmpty() ? "" : query(usable);
    }

    private String query(List<BrokenCheck> some) {
        Select<Record2<Integer, Object>> all = documents(some, 0);
        for (int i = 1; i < some.size(); i++) {
            all = all.unionAll(documents(some, i));
        }
        return Sql.text(all) + " ORDER BY 1";
    }

    private Select<Record2<Integer, Object>> documents(List<BrokenCheck> some, int number) {
        BrokenCheck check = some.get(number);
        return select(inline(number).as("number"), Terms.staged("d", "ord"))
                .from((ofNew ? check.newDocuments() : check.documents()).asTable("d"));
    }
}
