package io.docrows.internal.table;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ColumnMapping;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a child table differ from the staged ones, of documents that have a row: in a temporary table of
 * {@code ord}, the {@code kind} of the difference, a {@code label} that tells the row from others of its document, a
 * boolean {@code d0, d1, …} for each column that is compared, and both sides as text where they are wanted. Immutable
 * and thread-safe.
 */
public final class ChildDifference {

    /** The kind of rows that the document asks for and that are not there. */
    public static final String MISSING = "m";

    /** The kind of rows that the document does not ask for. */
    public static final String EXTRA = "x";

    /** The kind of rows that say something else. */
    public static final String DIFFERENT = "d";

    private static final Field<Object> STAGED_ORD = Terms.staged("s", "ord");
    private static final Field<Object> STORED_ORD = Terms.staged("d", "ord");

    private final ChildTable table;
    private final String differences;

    /**
     * The differences of one child table.
     *
     * @param table the child table
     * @param differences the qualified name of the table of differences
     */
    public ChildDifference(ChildTable table, String differences) {
        this.table = table;
        this.differences = differences;
    }

    /**
     * The child table.
     *
     * @return as it was given
     */
    public ChildTable table() {
        return table;
    }

    /**
     * The table of differences.
     *
     * @return its qualified name
     */
    public String differences() {
        return differences;
    }

    /**
     * The columns that are compared: all but those by which a row is found.
     *
     * @return their names
     */
    public List<String> names() {
        return table.image().targets().stream().map(TableField::getName).toList();
    }

    /**
     * The query that makes the table of differences.
     *
     * @return a query without rows
     */
    public String columns() {
        StringBuilder flags = new StringBuilder();
        for (int i = 0; i < names().size(); i++) {
            flags.append(", false AS d").append(i);
        }
        return "SELECT 0::int8 AS ord, ''::text AS kind, ''::text AS label" + flags
                + ", NULL::text[] AS source, NULL::text[] AS target WITH NO DATA";
    }

    /**
     * Finds the rows that differ, once references are resolved: one that is not leads to a row that is not there, or
     * not yet.
     *
     * @param values whether both sides are wanted
     * @return the statement
     */
    public String find(boolean values) {
        RowTable documents = table.documents();
        // On both sides only documents that have a row: what the others lack, and what rows without a document have
        // too much, is told by the row itself.
        Table<?> staged = table.staged("s")
                .join(documents.documents("o"))
                .on(Terms.staged("o", "ord").eq(STAGED_ORD))
                .join(documents.rows("u"))
                .on(documents.isRowOf("u", "o"));
        Table<?> stored = table.rowsAbove(
                        documents.documents("d").join(documents.rows("t")).on(documents.isRowOf("t", "d")))
                .join(table.rows("z"))
                .on(table.isChildOf("z", table.above()));
        List<Condition> same = new ArrayList<>(List.of(STAGED_ORD.eq(STORED_ORD)));
        int way = 0;
        for (TableField<?, ?> column : table.way()) {
            same.add(table.terms()
                    .same(column, Terms.field(table.aliasOf(column), column), Terms.staged("s", "a" + way++)));
        }
        same.add(table.hasIdentity("z", "s"));
        List<Condition> wrong =
                new ArrayList<>(List.of(STAGED_ORD.isNull(), STORED_ORD.isNull(), table.isUnresolved()));
        List<Condition> flags = flags();
        if (!flags.isEmpty()) {
            wrong.add(Terms.differ(table.image().stored("z", "s"), wanted()));
        }
        List<Field<?>> columns = new ArrayList<>();
        columns.add(coalesce(STAGED_ORD, STORED_ORD));
        columns.add(DSL.when(STORED_ORD.isNull(), inline(MISSING))
                .when(STAGED_ORD.isNull(), inline(EXTRA))
                .otherwise(inline(DIFFERENT)));
        columns.add(label());
        Condition both = STAGED_ORD.isNotNull().and(STORED_ORD.isNotNull());
        flags.forEach(flag -> columns.add(DSL.field(both.and(flag))));
        columns.add(values ? array(shown(true)) : DSL.field("NULL::text[]"));
        columns.add(values ? array(shown(false)) : DSL.field("NULL::text[]"));
        return "INSERT INTO " + differences + " "
                + Sql.text(DSL.select(columns)
                        .from(staged.fullJoin(stored).on(Terms.all(same)))
                        .where(or(wrong)));
    }

    private List<Field<?>> wanted() {
        return table.image().wanted("z", "s", reference -> Terms.staged("s", reference.id()));
    }

    /** Whether each compared column differs. */
    private List<Condition> flags() {
        List<Field<?>> stored = table.image().stored("z", "s");
        List<Field<?>> wanted = wanted();
        List<TableField<?, ?>> targets = table.image().targets();
        List<Condition> flags = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Condition differs = Terms.differ(List.of(stored.get(i)), List.of(wanted.get(i)));
            for (Reference reference : table.references()) {
                if (reference.column().equals(targets.get(i))) {
                    differs = differs.or(Terms.staged("s", reference.key())
                            .isNotNull()
                            .and(Terms.staged("s", reference.id()).isNull()));
                }
            }
            flags.add(differs);
        }
        return flags;
    }

    /** What tells a row from the others of its document, as text. */
    private Field<?> label() {
        List<Field<?>> parts = new ArrayList<>();
        int way = 0;
        for (TableField<?, ?> column : table.way()) {
            parts.add(either(Terms.staged("s", "a" + way++), Terms.field(table.aliasOf(column), column)));
        }
        for (TableField<?, ?> column : table.mapping().identity()) {
            Reference reference = reference(column);
            parts.add(
                    reference == null
                            ? either(table.stagedIdentity(column, "s"), Terms.field("z", column))
                            : either(Terms.staged("s", reference.key()), keyOf(reference)));
        }
        return parts.isEmpty() ? inline("") : DSL.field("concat_ws('/', {0})", DSL.list(parts));
    }

    private static Field<?> either(Field<?> staged, Field<?> stored) {
        return DSL.field("COALESCE({0}::text, {1}::text)", staged, stored);
    }

    private @Nullable Reference reference(TableField<?, ?> column) {
        return table.references().stream()
                .filter(reference -> reference.column().equals(column))
                .findFirst()
                .orElse(null);
    }

    /** The natural key of the row that a stored reference leads to. */
    private Field<?> keyOf(Reference reference) {
        return DSL.field(DSL.select(Terms.field("q", reference.mapping().parentKey()))
                .from(Terms.tableOf(reference.mapping().parentKey(), "q"))
                .where(table.terms()
                        .same(
                                reference.mapping().parentId(),
                                reference.idOf("q"),
                                Terms.field("z", reference.column()))));
    }

    /** The compared columns as text. */
    private List<Field<?>> shown(boolean source) {
        List<Field<?>> values = source ? wanted() : table.image().stored("z", "s");
        List<TableField<?, ?>> targets = table.image().targets();
        List<Field<?>> shown = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Reference reference = reference(targets.get(i));
            Field<?> value =
                    reference == null ? values.get(i) : source ? Terms.staged("s", reference.key()) : keyOf(reference);
            shown.add(DSL.field("{0}::text", value));
        }
        return shown;
    }

    private static Field<?> array(List<Field<?>> values) {
        return DSL.field("ARRAY[{0}]::text[]", DSL.list(values));
    }

    // What comes before: references of staged rows.

    /**
     * Whether a staged row {@code s} leads to a row whose id is not known.
     *
     * @param reference a reference of this table
     * @return a condition
     */
    public static String isUnresolved(Reference reference) {
        return "s." + reference.key() + " IS NOT NULL AND s." + reference.id() + " IS NULL";
    }

    /**
     * Fills in the staged ids that references lead to.
     *
     * @param reference a reference of this table
     * @param parents the rows it may lead to, with their key as {@code v} and their {@code id}, as after {@code FROM}
     * @return the statement
     */
    public String resolve(Reference reference, String parents) {
        return "UPDATE " + table.staged() + " s SET " + reference.id() + " = p.id FROM " + parents + " p WHERE s."
                + reference.key() + " IS NOT NULL AND " + leadsTo(reference, "p");
    }

    /**
     * Whether a staged row {@code s} leads to a row with the key {@code v}.
     *
     * @param reference a reference of this table
     * @param parent the other row's alias
     * @return a condition
     */
    public String leadsTo(Reference reference, String parent) {
        return table.terms().equality(reference.mapping().parentKey()).equal(parent + ".v", "s." + reference.key());
    }

    /**
     * Leaves out staged rows.
     *
     * @param which a condition on {@code s}
     * @return the statement
     */
    public String leaveOut(String which) {
        return "DELETE FROM " + table.staged() + " s WHERE " + which;
    }

    /**
     * Forgets where staged rows lead to.
     *
     * @param reference a reference of this table
     * @param which a condition on {@code s}
     * @return the statement
     */
    public String forget(Reference reference, String which) {
        return "UPDATE " + table.staged() + " s SET " + reference.key() + " = NULL WHERE " + which;
    }

    /**
     * Finds staged documents.
     *
     * @param which a condition on a staged row {@code s} and its document {@code d}
     * @return a query for their {@code ord}
     */
    public String documentsWith(String which) {
        return "SELECT DISTINCT s.ord FROM " + table.staged() + " s JOIN "
                + table.documents().stage().documents() + " d ON d.ord = s.ord WHERE " + which;
    }

    /**
     * Finds the staged documents with two rows of the same identity. References are compared by the keys that they lead
     * to, as the rows themselves may not be there yet.
     *
     * @return a query for their {@code ord}
     */
    public String duplicates() {
        List<Field<?>> identity = new ArrayList<>(List.of(STAGED_ORD));
        for (int i = 0; i < table.way().size(); i++) {
            identity.add(Terms.staged("s", "a" + i));
        }
        List<Condition> present = new ArrayList<>();
        for (TableField<?, ?> column : table.mapping().identity()) {
            Reference reference = reference(column);
            Field<Object> value =
                    reference == null ? table.stagedIdentity(column, "s") : Terms.staged("s", reference.key());
            identity.add(value);
            present.add(value.isNotNull());
        }
        return Sql.text(DSL.selectDistinct(STAGED_ORD)
                .from(table.staged("s"))
                .where(Terms.all(present))
                .groupBy(identity)
                .having(DSL.count().gt(inline(1))));
    }

    /**
     * Finds the staged rows that break a check and are not in the target already.
     *
     * @param columns the columns that the check looks at, which are all mapped
     * @param check the check's expression
     * @return a query for their documents' {@code ord}, {@code batch} and {@code place}
     */
    public String violations(List<String> columns, String check) {
        List<String> written = new ArrayList<>();
        List<ColumnMapping> mapped = table.mapping().columns();
        for (int i = 0; i < mapped.size(); i++) {
            if (columns.contains(mapped.get(i).column().getName())) {
                written.add(Sql.text(RowImage.inserted(table.terms(), mapped.get(i), i, "s")) + " AS "
                        + Sql.column(mapped.get(i).column()));
            }
        }
        List<Condition> there = new ArrayList<>();
        there.add(Terms.staged("d", "ord").eq(Terms.staged("s", "ord")));
        int way = 0;
        for (TableField<?, ?> column : table.way()) {
            there.add(table.terms()
                    .same(column, Terms.field(table.aliasOf(column), column), Terms.staged("s", "a" + way++)));
        }
        there.add(table.hasIdentity("z", "s"));
        if (!table.image().isEmpty()) {
            there.add(DSL.not(Terms.differ(table.image().stored("z", "s"), wanted())));
        }
        RowTable documents = table.documents();
        Table<?> stored = table.rowsAbove(
                        documents.documents("d").join(documents.rows("t")).on(documents.isRowOf("t", "d")))
                .join(table.rows("z"))
                .on(table.isChildOf("z", table.above()));
        return "SELECT DISTINCT n.ord, n.batch, n.place FROM " + table.staged() + " s JOIN "
                + documents.stage().documents() + " n ON n.ord = s.ord WHERE EXISTS (SELECT FROM (SELECT "
                + String.join(", ", written) + ") written WHERE NOT (" + check + ")) AND NOT "
                + Sql.text(DSL.exists(selectOne().from(stored).where(Terms.all(there))));
    }

    /**
     * The child table's name, for people.
     *
     * @return the name without its schema
     */
    public String tableName() {
        return table.mapping().table().getName();
    }
}
