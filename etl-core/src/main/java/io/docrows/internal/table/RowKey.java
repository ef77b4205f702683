package io.docrows.internal.table;

import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * How rows of the documents' own table are known: by one column or by several. In staging tables the key stands in
 * {@code c0}, {@code c1} and so on. Immutable and thread-safe.
 */
public final class RowKey {

    private final List<? extends TableField<?, ?>> columns;
    private final Terms terms;

    /**
     * The key of a mapping.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its table
     */
    public RowKey(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.columns = mapping.key();
        this.terms = new Terms(catalog);
    }

    private <T> List<T> each(IntFunction<T> part) {
        return IntStream.range(0, columns.size()).mapToObj(part).toList();
    }

    private Field<Object> column(String row, int number) {
        return Terms.field(row, columns.get(number));
    }

    private static Field<Object> staged(String alias, int number) {
        return Terms.staged(alias, "c" + number);
    }

    /**
     * Whether a row is that of a staged document.
     *
     * @param row the row's alias
     * @param document the document's alias
     * @return a condition
     */
    public Condition isRowOf(String row, String document) {
        return DSL.and(each(n -> terms.same(columns.get(n), column(row, n), staged(document, n))));
    }

    /**
     * Whether a row is another one than that of a staged document; both have a key.
     *
     * @param row the row's alias
     * @param document the document's alias
     * @return a condition
     */
    public Condition isOther(String row, String document) {
        return DSL.or(each(n -> terms.other(columns.get(n), column(row, n), staged(document, n))));
    }

    /**
     * Whether two staged documents have the same key.
     *
     * @param one an alias
     * @param other another one
     * @return a condition
     */
    public Condition isSame(String one, String other) {
        return DSL.and(each(n -> terms.same(columns.get(n), staged(one, n), staged(other, n))));
    }

    /**
     * Whether two staged documents have different keys.
     *
     * @param one an alias
     * @param other another one
     * @return a condition
     */
    public Condition differs(String one, String other) {
        return DSL.or(each(n -> terms.other(columns.get(n), staged(one, n), staged(other, n))));
    }

    /**
     * Whether a row has a key at all: if not, it never came from a document.
     *
     * @param row the row's alias
     * @return a condition
     */
    public Condition isPresent(String row) {
        return DSL.and(each(n -> column(row, n).isNotNull()));
    }

    /**
     * Whether an outer join found no row, of those that have a key.
     *
     * @param row the row's alias
     * @return a condition
     */
    public Condition isAbsent(String row) {
        return column(row, 0).isNull();
    }

    /**
     * The key of a row, under the names that it has in staging tables.
     *
     * @param row the row's alias
     * @return columns, each with a name
     */
    public List<Field<Object>> selected(String row) {
        return each(n -> column(row, n).as("c" + n));
    }

    /**
     * The key of a row, or that of a staged document where there is none.
     *
     * @param row the row's alias
     * @param document the document's alias
     * @return expressions
     */
    public List<Field<Object>> either(String row, String document) {
        return each(n -> DSL.coalesce(column(row, n), staged(document, n)));
    }

    /**
     * The staged key's names.
     *
     * @return {@code c0, …}
     */
    public List<String> names() {
        return each(n -> "c" + n);
    }

    /**
     * A staged key.
     *
     * @param alias the document's alias
     * @return {@code s.c0, …}
     */
    public List<Field<Object>> staged(String alias) {
        return each(n -> staged(alias, n));
    }

    /**
     * How a staged document's row is known as text.
     *
     * @param alias the document's alias
     * @return an expression
     */
    public Field<String> stagedText(String alias) {
        return text(staged(alias));
    }

    /**
     * How a row is known as text.
     *
     * @param mapping the mapping of its table
     * @param row its alias
     * @return an expression
     */
    public static Field<String> text(CollectionMapping<?> mapping, String row) {
        return text(
                mapping.key().stream().map(column -> Terms.field(row, column)).toList());
    }

    /** The key, or the keys as a JSON array. */
    private static Field<String> text(List<Field<Object>> key) {
        List<Field<String>> texts = key.stream().map(Terms::text).toList();
        return texts.size() == 1
                ? texts.get(0)
                : DSL.field("jsonb_build_array({0})::text", String.class, DSL.list(texts));
    }
}
