package io.docrows.internal.orphan;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.stage.Span;
import io.docrows.internal.table.DoomedRows;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The SQL that finds rows without a document, and removes or marks them. In it, {@code t} is the mapped table and
 * {@code g} the rows found.
 */
final class OrphanStatements {

    private static final Field<Long> N = field(name("g", "n"), Long.class);
    private static final Field<Boolean> KEPT = field(name("g", "kept"), Boolean.class);

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final TableTree tree;
    private final RowTable documents;
    private final RowKey key;
    private final OrphanTables tables;

    OrphanStatements(CollectionMapping<?> mapping, TableCatalog catalog, OrphanTables tables) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.tree = TableTree.of(mapping, catalog, Stage.ofBatch());
        this.documents = tree.documents();
        this.key = documents.key();
        this.tables = tables;
    }

    TableTree tree() {
        return tree;
    }

    private Table<?> seen() {
        return Stage.table(tables.seen(), "s");
    }

    private Table<?> orphans(String alias) {
        return Stage.table(tables.orphans(), alias);
    }

    List<String> create() {
        List<Field<?>> seen = new ArrayList<>(key.selected("t"));
        seen.add(Terms.column(SQLDataType.CLOB, "id"));
        // Whether the rows that a document has claimed are its own as before.
        seen.add(Terms.column(SQLDataType.BOOLEAN, "holds"));
        List<Field<?>> orphans = new ArrayList<>(List.of(Terms.column(SQLDataType.BIGINT, "n")));
        orphans.addAll(key.selected("t"));
        orphans.add(Terms.column(SQLDataType.BOOLEAN, "kept"));
        List<String> statements = new ArrayList<>(drop());
        statements.add(Stage.createForSession(tables.seen(), select(seen).from(documents.rows("t"))));
        statements.add(Stage.createForSession(tables.orphans(), select(orphans).from(documents.rows("t"))));
        return statements;
    }

    List<String> drop() {
        return List.of(Stage.drop(tables.seen()), Stage.drop(tables.orphans()));
    }

    /** Finds the rows, but for some. Rows without a key never came from a document. */
    String find(Condition held) {
        List<Field<?>> found = new ArrayList<>(List.of(rowNumber().over()));
        found.addAll(key.selected("t"));
        found.add(inline(false));
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(tables.orphans()))
                .select(select(found)
                        .from(documents.rows("t"))
                        .where(isPresent())
                        .and(notExists(selectOne().from(seen()).where(key.isRowOf("t", "s"))))
                        .andNot(held)));
    }

    /** Finds the rows {@code t} whose keys were seen, of documents {@code s}, and for which a condition holds. */
    String findSeen(Condition which) {
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(tables.orphans()))
                .select(select(rowNumber().over(), DSL.table(name("g")).asterisk(), inline(false))
                        .from(selectDistinct(key.selected("t"))
                                .from(seen())
                                .join(documents.rows("t"))
                                .on(key.isRowOf("t", "s"))
                                .where(isPresent())
                                .and(which)
                                .asTable("g"))));
    }

    /** Finds the rows whose keys a query returns as {@code c0, …}. */
    String findThose(Select<?> keys) {
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(tables.orphans()))
                .select(select(rowNumber().over())
                        .select(key.selected("t"))
                        .select(inline(false))
                        .from(keys.asTable("s"))
                        .join(documents.rows("t"))
                        .on(key.isRowOf("t", "s"))
                        .where(isPresent())));
    }

    /** The {@code _id}s of documents that have a row which is kept. */
    String keptIds() {
        return Sql.text(select(Terms.staged("s", "id"))
                .from(seen())
                .join(orphans("g"))
                .on(condition(KEPT).and(key.isSame("g", "s"))));
    }

    private Condition isPresent() {
        return key.isPresent("t")
                .and(new OwnedRows(mapping, catalog).isOwn("t"))
                .and(isUnmarked());
    }

    /** Whether a row {@code t} is not marked as deleted. */
    Condition isUnmarked() {
        return mapping.deletedAt()
                .map(column -> Terms.field("t", column).isNull())
                .orElse(noCondition());
    }

    /** How many rows there are. */
    String countRows() {
        return Sql.text(selectCount().from(documents.rows("t")).where(isPresent()));
    }

    /** How many rows would go. */
    String countGoing() {
        return Sql.text(selectCount().from(orphans("g")).where(not(KEPT)));
    }

    /** How many orphaned rows stay. */
    String countKept() {
        return Sql.text(selectCount().from(orphans("g")).where(KEPT));
    }

    /** How many rows were found. */
    String countFound() {
        return Sql.text(selectCount().from(orphans("g")));
    }

    /** Keeps rows that another row refers to which stays, as it is or as it will be. */
    String keepReferred(ReferringKey referring, List<FutureReference> future) {
        return Sql.text(Sql.dsl()
                .update(orphans("g"))
                .set(kept())
                .from(documents.rows("t"))
                .where(key.isRowOf("t", "g"))
                .and(not(KEPT))
                .and(referring.keeps("t", future)));
    }

    private static Map<Field<?>, Field<?>> kept() {
        return Map.of(field(name("kept")), inline(true));
    }

    /**
     * Takes the keys of documents from another table instead of reading them.
     *
     * @param holds which documents {@code s} keep the rows that they have claimed
     */
    String see(String staged, Condition holds) {
        Map<Field<?>, Field<?>> columns = new LinkedHashMap<>();
        key.names().forEach(column -> columns.put(field(name(column)), Terms.staged("s", column)));
        columns.put(field(name("id")), Terms.staged("s", "id"));
        columns.put(field(name("holds")), field(holds));
        return see(staged, columns);
    }

    /** Takes documents that have no row of this mapping from another table. */
    String seeOthers(String staged) {
        return see(staged, Map.of(field(name("id")), Terms.staged("s", "id")));
    }

    private String see(String staged, Map<Field<?>, Field<?>> columns) {
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(tables.seen()), columns.keySet())
                .select(select(columns.values()).from(Stage.table(staged, "s"))));
    }

    /** Whether a row is among those that are to go. */
    Condition isGoing(String row) {
        return exists(
                selectOne().from(orphans("o")).where(key.isRowOf(row, "o")).and(not(Terms.flag("o", "kept"))));
    }

    /** Keeps one row, because PostgreSQL refuses to let it go. */
    String keep(long number) {
        return Sql.text(Sql.dsl().update(orphans("g")).set(kept()).where(N.eq(inline(number))));
    }

    /** Remembers what a reference led to, for it is set to NULL; its document says the same as before. */
    String remember(CollectionMapping<?> child, ReferenceMapping<?> reference, ColumnEquality id, long run, Span some) {
        Field<Object> referencedKey = Terms.field("t", reference.parentKey());
        Condition present = and(child.key().stream()
                .map(column -> Terms.field("c", column).isNotNull())
                .toList());
        return new PendingReferenceStatements(child.table(), List.of(reference.column()))
                .replace(
                        Terms.table(child.table(), "c")
                                .join(documents.rows("t"))
                                .on(condition(
                                        id.equal("{0}", "{1}"),
                                        Terms.field("t", reference.parentId()),
                                        Terms.field("c", reference.column())))
                                .join(orphans("g"))
                                .on(key.isRowOf("t", "g")),
                        isOneOf(some).and(present).and(referencedKey.isNotNull()),
                        RowKey.text(child, "c"),
                        Terms.text(referencedKey),
                        run);
    }

    /** Deletes rows of join tables and of child tables, the deepest first. */
    List<String> deleteBelow(Span some) {
        List<String> statements = new ArrayList<>();
        tree.links().forEach(link -> statements.add(link.deleteOf(doomed(some))));
        tree.childrenFromBelow().forEach(child -> statements.add(child.deleteOf(doomed(some))));
        return statements;
    }

    /** Deletes rows of the mapped table. */
    String deleteRows(Span some) {
        return documents.deleteOf(doomed(some));
    }

    /** Marks rows of the mapped table. */
    String markRows(TableField<?, ?> deletedAt, Span some) {
        return Sql.text(Sql.dsl()
                .update(documents.rows("t"))
                .set(Map.of(Terms.bare(deletedAt), field("now()")))
                .from(orphans("g"))
                .where(key.isRowOf("t", "g"))
                .and(isOneOf(some)));
    }

    /** Forgets what deleted rows, and those below them, waited for. */
    List<String> forgetPending(Span some) {
        Field<String> rowKey = key.stagedText("g");
        return List.of(
                PendingReferenceStatements.forget(mapping.table(), orphans("g"), rowKey, isOneOf(some)),
                PendingDocumentStatements.forget(mapping.table(), orphans("g"), rowKey, isOneOf(some)));
    }

    private DoomedRows doomed(Span some) {
        return new DoomedRows() {
            @Override
            public Table<?> table() {
                return orphans("g");
            }

            @Override
            public Condition isRow(String row) {
                return key.isRowOf(row, "g").and(isOneOf(some));
            }
        };
    }

    /** Whether a row found is one of those, and is to go. */
    private static Condition isOneOf(Span some) {
        return N.ge(inline(some.from())).and(N.lt(inline(some.to()))).and(not(KEPT));
    }
}
