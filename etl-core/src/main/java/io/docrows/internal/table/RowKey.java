package io.docrows.internal.table;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.TableField;

/**
 * How rows of the documents' own table are known, as SQL: by one column or by several. In staging tables the key stands
 * in {@code c0}, {@code c1} and so on. Immutable and thread-safe.
 */
public final class RowKey {

    private final List<? extends TableField<?, ?>> columns;
    private final TableCatalog catalog;

    /**
     * The key of a mapping.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its table
     */
    public RowKey(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.columns = mapping.key();
        this.catalog = catalog;
    }

    private String each(String separator, IntFunction<String> part) {
        return IntStream.range(0, columns.size()).mapToObj(part).collect(Collectors.joining(separator));
    }

    private String column(String row, int number) {
        return row + "." + Sql.column(columns.get(number));
    }

    /**
     * Whether a row is that of a staged document.
     *
     * @param row the row's alias
     * @param staged the document's alias
     * @return a condition
     */
    public String isRowOf(String row, String staged) {
        return each(
                " AND ",
                number -> catalog.equality(columns.get(number)).equal(column(row, number), staged + ".c" + number));
    }

    /**
     * Whether a row is another one than that of a staged document; both have a key.
     *
     * @param row the row's alias
     * @param staged the document's alias
     * @return a condition
     */
    public String isOther(String row, String staged) {
        return "("
                + each(
                        " OR ",
                        number -> catalog.equality(columns.get(number))
                                .differ(column(row, number), staged + ".c" + number))
                + ")";
    }

    /**
     * Whether two staged documents have the same key.
     *
     * @param one an alias
     * @param other another one
     * @return a condition
     */
    public String isSame(String one, String other) {
        return each(
                " AND ",
                number -> catalog.equality(columns.get(number)).equal(one + ".c" + number, other + ".c" + number));
    }

    /**
     * Whether two staged documents have different keys.
     *
     * @param one an alias
     * @param other another one
     * @return a condition
     */
    public String differs(String one, String other) {
        return "("
                + each(
                        " OR ",
                        number -> catalog.equality(columns.get(number))
                                .differ(one + ".c" + number, other + ".c" + number))
                + ")";
    }

    /**
     * Whether a row has a key at all: if not, it never came from a document.
     *
     * @param row the row's alias
     * @return a condition
     */
    public String isPresent(String row) {
        return each(" AND ", number -> column(row, number) + " IS NOT NULL");
    }

    /**
     * Whether an outer join found no row, of those that have a key.
     *
     * @param row the row's alias
     * @return a condition
     */
    public String isAbsent(String row) {
        return column(row, 0) + " IS NULL";
    }

    /**
     * The key of a row, under the names that it has in staging tables.
     *
     * @param row the row's alias
     * @return columns, each with a name
     */
    public String selected(String row) {
        return each(", ", number -> column(row, number) + " AS c" + number);
    }

    /**
     * The key of a row, or that of a staged document where there is none.
     *
     * @param row the row's alias
     * @param staged the document's alias
     * @return expressions
     */
    public String either(String row, String staged) {
        return each(", ", number -> "COALESCE(" + column(row, number) + ", " + staged + ".c" + number + ")");
    }

    /**
     * The staged key's names.
     *
     * @return {@code c0, …}
     */
    public String names() {
        return each(", ", number -> "c" + number);
    }

    /**
     * A staged key.
     *
     * @param alias the document's alias
     * @return {@code s.c0, …}
     */
    public String staged(String alias) {
        return each(", ", number -> alias + ".c" + number);
    }

    /**
     * How a staged document's row is known as text.
     *
     * @param alias the document's alias
     * @return an expression
     */
    public String stagedText(String alias) {
        return Sql.text(RowTable.keyText(IntStream.range(0, columns.size())
                .mapToObj(number -> Terms.staged(alias, "c" + number))
                .toList()));
    }

    /**
     * How a row is known as text.
     *
     * @param mapping the mapping of its table
     * @param row its alias
     * @return an expression
     */
    public static String text(CollectionMapping<?> mapping, String row) {
        List<Field<Object>> key =
                mapping.key().stream().map(column -> Terms.field(row, column)).toList();
        return Sql.text(RowTable.keyText(key));
    }
}
