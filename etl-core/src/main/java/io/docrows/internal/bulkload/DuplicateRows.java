package io.docrows.internal.bulkload;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.DoomedRows;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectSelectStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The rows that a constraint or index refuses to be rebuilt over. Of those with the same value the first stays; of
 * those with the same key none does, as only their documents can tell which of them is to win; of those with large
 * values none does, as only PostgreSQL can tell which of them are too large.
 */
public final class DuplicateRows {

    private static final String FOUND = "pg_temp.docrows_duplicates";
    private static final String KEYS = "pg_temp.docrows_duplicate_keys";

    private static final DoomedRows FOUND_ROWS = new DoomedRows() {

        @Override
        public Table<?> table() {
            return Stage.table(FOUND, "d");
        }

        @Override
        public Condition isRow(String row) {
            return Terms.staged(row, "ctid").eq(Terms.staged("d", "place"));
        }
    };

    private DuplicateRows() {}

    /**
     * Takes the documents of such rows out of all tables that a collection fills, with their join rows and pending
     * references: a document that is rejected has no row in any of them.
     *
     * @param connection without auto-commit; the caller commits
     * @param mappings every mapping of the collection that was loaded
     * @param refused what cannot be rebuilt, of the documents of one of them
     * @return the keys of the documents, one for each document
     * @throws SQLException if it fails; the caller rolls back
     */
    public static List<String> remove(
            Connection connection, List<CollectionMapping<?>> mappings, RefusedConstraint refused) throws SQLException {
        CollectionMapping<?> mapping = mappings.stream()
                .filter(refused::isOfDocuments)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(refused + " is not of a table of documents"));
        Select<?> rows = refused.tooLarge()
                ? large(connection, mapping, refused.constraint())
                : duplicates(mapping, refused.constraint());
        Statements.execute(connection, create(FOUND, rows));
        List<String> keys = takeOut(connection, mapping);
        List<CollectionMapping<?>> others = mappings.stream()
                // Rows of others are not found by the key; they were never copied.
                .filter(other -> other != mapping
                        && CompiledMapping.keyedById(other)
                        && !refused.constraint().isOf(other))
                .toList();
        if (!others.isEmpty()) {
            Statements.execute(connection, create(KEYS, foundKeys()));
        }
        for (CollectionMapping<?> other : others) {
            Statements.execute(connection, List.of(Stage.drop(FOUND), create(FOUND, again(other))));
            keys = together(keys, takeOut(connection, other));
        }
        Statements.execute(connection, List.of(Stage.drop(FOUND), Stage.drop(KEYS)));
        return keys;
    }

    /** The rows that a constraint refuses. */
    private static Select<?> duplicates(CollectionMapping<?> mapping, DroppedConstraint constraint) {
        List<Field<Object>> values = constraint.columns().stream()
                .map(column -> Terms.staged("r", column))
                .toList();
        Field<Object> ctid = Terms.staged("r", "ctid");
        Table<?> ranked = DSL.select(
                        ctid.as("place"),
                        DSL.count().over().partitionBy(values).as("number"),
                        DSL.rowNumber().over().partitionBy(values).orderBy(ctid).as("rank"))
                .from(Terms.table(mapping.table(), "r"))
                .where(values.stream().map(Field::isNotNull).toList())
                .asTable("ranked");
        Table<?> rows = Terms.table(mapping.table(), "t");
        Table<?> both = rows.join(ranked).on(Terms.staged("ranked", "place").eq(Terms.staged("t", "ctid")));
        if (constraint.isUniqueKeyOf(mapping)) {
            return placeAndKey(mapping).from(both).where(isAbove1("number"));
        }
        // All documents with the _id are read again: what another one with it has in the table goes, too.
        return placeAndKey(mapping)
                .from(rows)
                .where(Terms.text(key(mapping))
                        .in(DSL.select(Terms.text(key(mapping))).from(both).where(isAbove1("rank"))));
    }

    /** The rows of documents with values that an index may have no room for, and all others with their keys. */
    private static Select<?> large(Connection connection, CollectionMapping<?> mapping, DroppedConstraint constraint)
            throws SQLException {
        TableTree tree = TableTree.of(mapping, TargetCheck.catalog(connection, mapping), Stage.ofBatch());
        return placeAndKey(mapping)
                .from(Terms.table(mapping.table(), "t"))
                .where(LargeValues.has(connection, mapping, tree, constraint, Terms.text(key(mapping))));
    }

    private static Condition isAbove1(String column) {
        return DSL.field(DSL.name("ranked", column), Long.class).gt(DSL.inline(1L));
    }

    /** The keys of the rows that were found. */
    private static Select<?> foundKeys() {
        return DSL.selectDistinct(Terms.text(Terms.staged("d", "key")).as("key"))
                .from(FOUND_ROWS.table());
    }

    /** The rows that the same documents have in the table of another mapping. */
    private static Select<?> again(CollectionMapping<?> other) {
        return placeAndKey(other)
                .from(Terms.table(other.table(), "t"))
                .join(Stage.table(KEYS, "k"))
                .on(Terms.staged("k", "key").eq(Terms.text(key(other))));
    }

    private static SelectSelectStep<?> placeAndKey(CollectionMapping<?> mapping) {
        return DSL.select(Terms.staged("t", "ctid").as("place"), key(mapping).as("key"));
    }

    private static Field<Object> key(CollectionMapping<?> mapping) {
        return Terms.field("t", mapping.key().get(0));
    }

    private static String create(String temporary, Select<?> rows) {
        // jOOQ would write ON COMMIT behind the query.
        return "CREATE TEMP TABLE " + temporary.substring("pg_temp.".length()) + " ON COMMIT DROP AS " + Sql.text(rows);
    }

    /** Takes out the rows that were found; returns the key of each. */
    private static List<String> takeOut(Connection connection, CollectionMapping<?> mapping) throws SQLException {
        TableTree tree = TableTree.of(mapping, TargetCheck.catalog(connection, mapping), Stage.ofBatch());
        for (LinkTable link : tree.links()) {
            Statements.execute(connection, link.deleteOf(FOUND_ROWS));
        }
        for (ChildTable child : tree.childrenFromBelow()) {
            Statements.execute(connection, child.deleteOf(FOUND_ROWS));
        }
        Statements.execute(connection, tree.documents().deleteOf(FOUND_ROWS));
        Table<?> found = FOUND_ROWS.table();
        Field<Object> key = Terms.staged("d", "key");
        List<String> keys = Statements.rows(connection, Sql.text(DSL.select(key).from(found)), row -> row.getString(1));
        Field<String> text = Terms.text(key);
        Statements.execute(
                connection,
                List.of(
                        PendingReferenceStatements.forget(mapping.table(), found, text, DSL.trueCondition()),
                        PendingDocumentStatements.forget(mapping.table(), found, text, DSL.trueCondition())));
        return keys;
    }

    /** Each key as often as in the one or the other: a document has a row in each table. */
    private static List<String> together(List<String> one, List<String> other) {
        Map<String, Long> rest = count(other);
        count(one).forEach((key, number) -> rest.computeIfPresent(key, (any, more) -> more - number));
        List<String> all = new ArrayList<>(one);
        rest.forEach((key, number) -> {
            for (long i = 0; i < number; i++) {
                all.add(key);
            }
        });
        return all;
    }

    private static Map<String, Long> count(List<String> keys) {
        return keys.stream().collect(Collectors.groupingBy(key -> key, HashMap::new, Collectors.counting()));
    }
}
