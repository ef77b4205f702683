package io.docrows.internal.compare;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.raw;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.DataError;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.ChildPreparation;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check constraints of a mapped table, of those below it, and of lookup tables that are filled on the way, applied
 * to staged documents without writing them. Those over columns that the mapping does not fill are left out, and so are
 * those whose expression fails.
 */
final class CheckConstraints {

    private static final Logger LOG = LoggerFactory.getLogger(CheckConstraints.class);

    private static final String CHECKS = """
            SELECT c.conname, pg_get_expr(c.conbin, c.conrelid),
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                         WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey))
            FROM pg_constraint c WHERE c.contype = 'c' AND c.conrelid = to_regclass(?) ORDER BY c.conname
            """;

    private final Connection connection;
    private final CollectionMapping<?> mapping;
    private final StageTables tables;
    private final Terms terms;
    private final DifferenceStatements differences;

    CheckConstraints(Connection connection, StagedCollection<?> staged, DifferenceStatements differences) {
        this.connection = connection;
        this.mapping = staged.mapping();
        this.tables = staged.tables();
        this.terms = tables.tree().documents().terms();
        this.differences = differences;
    }

    /** Writes down what a check would refuse. */
    void find() throws SQLException {
        for (Check check : checks(mapping)) {
            find(mapping.table(), check, violations(check));
        }
        for (ChildDifference child : differences.children()) {
            for (Check check : checks(child.table().mapping())) {
                find(
                        child.table().mapping().table(),
                        check,
                        new ChildPreparation(child.table()).violations(check.columns(), check.expression()));
            }
        }
        findInLookups();
    }

    /** Values that are inserted into lookup tables. */
    private void findInLookups() throws SQLException {
        TableTree tree = tables.tree();
        for (Reference reference : tree.documents().references()) {
            if (reference.mapping().insertMissing()) {
                find(reference.mapping().parentKey(), tables.documents(), reference.key());
            }
        }
        for (LinkTable link : tree.links()) {
            if (link.mapping().join().insertsMissing()) {
                find(link.mapping().join().lookup(), link.elements(), "value");
            }
        }
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.mapping().insertMissing()) {
                    find(reference.mapping().parentKey(), child.staged(), reference.key());
                }
            }
        }
    }

    private void find(TableField<?, ?> lookup, String staged, String value) throws SQLException {
        Table<?> table = QualifiedName.tableOf(lookup);
        for (Check check : checks(table, Set.of(lookup.getName()))) {
            Field<Object> written = Terms.staged("s", value);
            find(
                    table,
                    check,
                    selectDistinct(Terms.staged("n", "ord"), Terms.staged("n", "batch"), Terms.staged("n", "place"))
                            .from(Stage.table(staged, "s"))
                            .join(tables.documents("n"))
                            .on(Terms.staged("n", "ord").eq(Terms.staged("s", "ord")))
                            .where(written.isNotNull())
                            .and(notExists(selectOne()
                                    .from(Terms.tableOf(lookup, "l"))
                                    .where(terms.same(lookup, Terms.field("l", lookup), written))))
                            .and(exists(selectOne()
                                    .from(select(written.as(lookup.getName())).asTable("written"))
                                    .where(check.isBroken()))));
        }
    }

    private void find(Table<?> table, Check check, Select<?> violations) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            Statements.update(
                    connection,
                    Sql.text(Sql.dsl()
                            .insertInto(Stage.table(tables.violations()))
                            .select(violations)));
            connection.releaseSavepoint(savepoint);
        } catch (SQLException failure) {
            if (DataError.of(failure) == null) {
                throw failure;
            }
            connection.rollback(savepoint);
            LOG.warn(
                    "the check {} of {} cannot be evaluated without writing (SQLSTATE {}); the plan ignores it",
                    check.name(),
                    table.getName(),
                    failure.getSQLState());
        }
    }

    private List<Check> checks(TableMapping of) throws SQLException {
        Set<String> mapped = new HashSet<>();
        of.columns().forEach(column -> mapped.add(column.column().getName()));
        return checks(of.table(), mapped);
    }

    private List<Check> checks(Table<?> table, Set<String> mapped) throws SQLException {
        List<Check> checks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CHECKS)) {
            statement.setString(1, Sql.table(table));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> columns =
                            Arrays.asList((String[]) rows.getArray(3).getArray());
                    if (!columns.isEmpty() && mapped.containsAll(columns)) {
                        checks.add(new Check(rows.getString(1), rows.getString(2), columns));
                    }
                }
            }
        }
        return checks;
    }

    /** Rows that a run would write and that break the check. */
    private Select<?> violations(Check check) {
        RowTable documents = tables.tree().documents();
        // Beside columns of the target, which may have any name.
        List<Field<?>> columns = new ArrayList<>(List.of(
                Terms.staged("s", "ord").as("docrows_ord"),
                Terms.staged("s", "batch").as("docrows_batch"),
                Terms.staged("s", "place").as("docrows_place"),
                field(documents.key().isAbsent("t").or(differences.row().any())).as("docrows_written")));
        check.columns().forEach(name -> columns.add(written(name)));
        return select(
                        Terms.staged("written", "docrows_ord"),
                        Terms.staged("written", "docrows_batch"),
                        Terms.staged("written", "docrows_place"))
                .from(select(columns)
                        .from(tables.documents("s"))
                        .leftJoin(documents.rows("t"))
                        .on(documents.isRowOf("t", "s"))
                        .asTable("written"))
                .where(Terms.flag("written", "docrows_written"))
                .and(check.isBroken());
    }

    private Field<?> written(String name) {
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping column = mapping.columns().get(i);
            if (column.column().getName().equals(name)) {
                return differences.row().written(i).as(name);
            }
        }
        throw new IllegalArgumentException(name + " is not mapped");
    }

    private record Check(String name, String expression, List<String> columns) {

        private Check {
            columns = List.copyOf(columns);
        }

        /** Whether a row breaks it, by the expression as the catalog has it, whatever is in there. */
        private Condition isBroken() {
            return not(condition(raw("(" + expression + ")")));
        }
    }
}
