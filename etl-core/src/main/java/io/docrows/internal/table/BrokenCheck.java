package io.docrows.internal.table;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.raw;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.target.CheckConstraint;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The staged documents with a row that would be written and that a check constraint refuses, found by evaluating its
 * expression, as the catalog has it, without writing. Immutable.
 *
 * @param table the table of the constraint
 * @param check the constraint, all of whose columns the mapping fills
 * @param path where in the document the value lies that it looks at; empty if there are several, or none is known
 * @param column the column that it looks at, or null if those are several
 * @param certain whether PostgreSQL refuses each of them: all that the check looks at is in the stage as it is written,
 *     and nobody changes or leaves out the row before
 * @param documents a query for the {@code ord} of documents with a row that is new or changes
 * @param newDocuments the same if no document has a row yet, so that the target's tables are not looked at
 */
public record BrokenCheck(
        Table<?> table,
        CheckConstraint check,
        String path,
        @Nullable TableField<?, ?> column,
        boolean certain,
        Select<?> documents,
        Select<?> newDocuments) {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    /**
     * Those of the tables that a mapping fills. A check of columns that it does not fill is left out.
     *
     * @param connection a connection to the target
     * @param tree the tables
     * @return the documents' own table first, then the tables below it, each in the order in which PostgreSQL evaluates
     *     its checks
     * @throws SQLException if the catalog cannot be read
     */
    public static List<BrokenCheck> ofRows(Connection connection, TableTree tree) throws SQLException {
        List<BrokenCheck> all = new ArrayList<>();
        RowTable documents = tree.documents();
        Set<Table<?>> asSaid = new HashSet<>();
        for (CheckConstraint check : checks(connection, documents.mapping())) {
            boolean certain = areAsSaid(connection, List.of(documents.mapping()), asSaid)
                    && documents.mapping().key().stream()
                            .filter(column -> check.columns().contains(column.getName()))
                            .allMatch(
                                    column -> documents.terms().equality(column).exact());
            Select<?> newOnes = select(ORD)
                    .from(documents.documents("s"))
                    .where(isBroken(check, inserted(documents.mapping(), check, documents.terms())));
            all.add(of(documents.mapping(), path -> path, check, certain, violations(documents, check), newOnes));
        }
        for (ChildTable child : tree.children()) {
            for (CheckConstraint check : checks(connection, child.mapping())) {
                // Without the row above there is none below.
                List<TableMapping> way = new ArrayList<>(List.of(documents.mapping(), child.mapping()));
                child.tablesAbove().forEach(above -> way.add(above.mapping()));
                boolean certain =
                        child.references().stream().noneMatch(child::leavesOut) && areAsSaid(connection, way, asSaid);
                Select<?> newOnes = selectDistinct(ORD)
                        .from(child.staged("s"))
                        .where(isBroken(check, inserted(child.mapping(), check, child.terms())));
                all.add(of(child.mapping(), child::placeOf, check, certain, violations(child, check), newOnes));
            }
        }
        return all;
    }

    /**
     * Those of lookup tables into which a value is inserted on the way, before the rows that refer to it.
     *
     * @param connection a connection to the target
     * @param tree the tables that the mapping fills
     * @return the checks of the one column that is filled
     * @throws SQLException if the catalog cannot be read
     */
    public static List<BrokenCheck> ofLookups(Connection connection, TableTree tree) throws SQLException {
        List<BrokenCheck> all = new ArrayList<>();
        Terms terms = tree.documents().terms();
        for (Reference reference : tree.documents().references()) {
            if (reference.mapping().insertMissing()) {
                String path = reference.mapping().pathText();
                Table<?> staged = tree.documents().documents("s");
                all.addAll(of(connection, terms, reference.mapping().parentKey(), path, staged, reference.key()));
            }
        }
        for (LinkTable link : tree.links()) {
            if (link.mapping().join().insertsMissing()) {
                String path = String.join(".", link.mapping().path());
                Table<?> staged = Stage.table(link.elements(), "s");
                all.addAll(of(connection, terms, link.mapping().join().lookup(), path, staged, "value"));
            }
        }
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.mapping().insertMissing()) {
                    String path = child.placeOf(reference);
                    TableField<?, ?> key = reference.mapping().parentKey();
                    all.addAll(of(connection, terms, key, path, child.staged("s"), reference.key()));
                }
            }
        }
        return all;
    }

    /** Asks for each table once, as long as the answer is yes. */
    private static boolean areAsSaid(Connection connection, List<TableMapping> tables, Set<Table<?>> known)
            throws SQLException {
        for (TableMapping mapping : tables) {
            if (!known.contains(mapping.table())) {
                if (!CheckConstraint.isWrittenAsSaid(connection, mapping.table())) {
                    return false;
                }
                known.add(mapping.table());
            }
        }
        return true;
    }

    private static List<CheckConstraint> checks(Connection connection, TableMapping mapping) throws SQLException {
        Set<String> mapped = mapping.columns().stream()
                .map(column -> column.column().getName())
                .collect(Collectors.toSet());
        return checks(connection, mapping.table(), mapped);
    }

    private static List<CheckConstraint> checks(Connection connection, Table<?> table, Set<String> filled)
            throws SQLException {
        return CheckConstraint.of(connection, table).stream()
                .filter(check -> !check.columns().isEmpty() && filled.containsAll(check.columns()))
                .toList();
    }

    private static BrokenCheck of(
            TableMapping mapping,
            UnaryOperator<String> place,
            CheckConstraint check,
            boolean certain,
            Select<?> documents,
            Select<?> newDocuments) {
        List<ColumnMapping> seen = seen(mapping, check);
        boolean sure = certain && check.ofRowAlone() && seen.stream().noneMatch(ColumnMapping::keepsOldValue);
        if (seen.size() != 1) {
            return new BrokenCheck(mapping.table(), check, "", null, sure, documents, newDocuments);
        }
        String path = place.apply(seen.get(0).pathText());
        return new BrokenCheck(mapping.table(), check, path, seen.get(0).column(), sure, documents, newDocuments);
    }

    private static List<ColumnMapping> seen(TableMapping mapping, CheckConstraint check) {
        return mapping.columns().stream()
                .filter(column -> check.columns().contains(column.column().getName()))
                .toList();
    }

    /** What a new row gets for the columns that a check looks at. */
    private static List<Field<?>> inserted(TableMapping mapping, CheckConstraint check, Terms terms) {
        List<Field<?>> inserted = new ArrayList<>();
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping column = mapping.columns().get(i);
            String name = column.column().getName();
            if (check.columns().contains(name)) {
                inserted.add(RowImage.inserted(terms, column, i, "s").as(name));
            }
        }
        return inserted;
    }

    private static List<BrokenCheck> of(
            Connection connection, Terms terms, TableField<?, ?> lookup, String path, Table<?> staged, String value)
            throws SQLException {
        List<BrokenCheck> all = new ArrayList<>();
        Table<?> table = QualifiedName.tableOf(lookup);
        for (CheckConstraint check : checks(connection, table, Set.of(lookup.getName()))) {
            Field<Object> written = Terms.staged("s", value);
            Select<?> documents = selectDistinct(ORD)
                    .from(staged)
                    .where(written.isNotNull())
                    .and(notExists(selectOne()
                            .from(Terms.tableOf(lookup, "l"))
                            .where(terms.same(lookup, Terms.field("l", lookup), written))))
                    .and(isBroken(check, List.of(written.as(lookup.getName()))));
            // Such a row is written before the others, and may be there by then.
            all.add(new BrokenCheck(table, check, path, lookup, false, documents, documents));
        }
        return all;
    }

    /** Documents whose own row is new or changes, and breaks the check. */
    private static Select<?> violations(RowTable rows, CheckConstraint check) {
        RowDifference differences = new RowDifference(rows);
        // Beside columns of the target, which may have any name.
        List<Field<?>> columns = new ArrayList<>(List.of(
                ORD.as("docrows_ord"),
                field(rows.key().isAbsent("t").or(differences.any())).as("docrows_written")));
        List<ColumnMapping> mapped = rows.mapping().columns();
        for (int i = 0; i < mapped.size(); i++) {
            String name = mapped.get(i).column().getName();
            if (check.columns().contains(name)) {
                columns.add(differences.written(i).as(name));
            }
        }
        return select(Terms.staged("written", "docrows_ord").as("ord"))
                .from(select(columns)
                        .from(rows.documents("s"))
                        .leftJoin(rows.rows("t"))
                        .on(rows.isRowOf("t", "s"))
                        .asTable("written"))
                .where(Terms.flag("written", "docrows_written"))
                .and(isBroken(check));
    }

    /** Documents with a row in a child table that is new or changes, and breaks the check. */
    private static Select<?> violations(ChildTable child, CheckConstraint check) {
        Condition isRow =
                Terms.staged("d", "ord").eq(ORD).and(child.isOnTheWay("s")).and(child.hasIdentity("z", "s"));
        RowImage image = child.image();
        Condition differs = image.isEmpty()
                ? falseCondition()
                : Terms.differ(
                        image.stored("z", "s"), image.wanted("z", "s", reference -> Terms.staged("s", reference.id())));
        Condition ofNewRow = isBroken(check, inserted(child.mapping(), check, child.terms()));
        if (seen(child.mapping(), check).stream().noneMatch(ColumnMapping::keepsOldValue)) {
            return selectDistinct(ORD)
                    .from(child.staged("s"))
                    .where(ofNewRow)
                    .and(notExists(selectOne().from(child.stored()).where(isRow).and(not(differs))));
        }
        List<Field<?>> kept = new ArrayList<>();
        for (int i = 0; i < child.mapping().columns().size(); i++) {
            String name = child.mapping().columns().get(i).column().getName();
            if (check.columns().contains(name)) {
                kept.add(image.expected(i, "z", "s").as(name));
            }
        }
        return select(ORD)
                .from(child.staged("s"))
                .where(ofNewRow)
                .and(notExists(selectOne().from(child.stored()).where(isRow)))
                .union(select(ORD)
                        .from(child.staged("s").join(child.stored()).on(isRow))
                        .where(differs)
                        .and(isBroken(check, kept)));
    }

    private static Condition isBroken(CheckConstraint check, List<Field<?>> written) {
        return exists(selectOne().from(select(written).asTable("written")).where(isBroken(check)));
    }

    private static Condition isBroken(CheckConstraint check) {
        return not(condition(raw("(" + check.expression() + ")")));
    }
}
