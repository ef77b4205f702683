package io.docrows.internal.postgres;

import io.docrows.internal.column.QualifiedName;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.conf.ParamType;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** Identifiers and literals as PostgreSQL wants them, quoted by jOOQ. */
public final class Sql {

    private static final DSLContext CONTEXT = context(ParamType.INLINED);
    private static final DSLContext PREPARED = context(ParamType.INDEXED);

    private Sql() {}

    private static DSLContext context(ParamType values) {
        return DSL.using(
                SQLDialect.POSTGRES,
                new Settings().withRenderQuotedNames(RenderQuotedNames.ALWAYS).withParamType(values));
    }

    /**
     * What statements are made with.
     *
     * @return renders PostgreSQL's dialect, quotes every name, and writes values into the text
     */
    public static DSLContext dsl() {
        return CONTEXT;
    }

    /**
     * The text of a statement or a part of one.
     *
     * @param part the part
     * @return SQL
     */
    public static String text(QueryPart part) {
        return CONTEXT.render(part);
    }

    /**
     * The text of a statement with parameters.
     *
     * @param part the statement
     * @return SQL, with a question mark for each value that is not inlined
     */
    public static String prepared(QueryPart part) {
        return PREPARED.render(part);
    }

    /**
     * A table with its schema.
     *
     * @param table a generated table
     * @return the quoted name
     */
    public static String table(Table<?> table) {
        return CONTEXT.render(QualifiedName.of(table));
    }

    /**
     * The table that a column belongs to, with its schema.
     *
     * @param column a generated column
     * @return the quoted name
     */
    public static String tableOf(TableField<?, ?> column) {
        return table(QualifiedName.tableOf(column));
    }

    /**
     * A column without its table.
     *
     * @param column a generated column
     * @return the quoted name
     */
    public static String column(Named column) {
        return CONTEXT.render(column.getUnqualifiedName());
    }

    /**
     * A string literal.
     *
     * @param text any text
     * @return the literal with its quotes
     */
    public static String literal(String text) {
        return CONTEXT.render(DSL.inline(text));
    }

    /**
     * A table's name as text, {@code schema.table} without quotes, as a literal.
     *
     * @param table a generated table
     * @return the literal
     */
    public static String nameLiteral(Table<?> table) {
        return literal(QualifiedName.text(table));
    }

    /** The name of a column's type, for casts. */
    static String type(Field<?> column) {
        return column.getDataType().getCastTypeName(CONTEXT.configuration());
    }
}
