package io.docrows.internal.column;

/**
 * How values are staged that only the server can turn into their column's type: as something that can be sent, and with
 * an expression that makes the column's value of it. What it makes fails where the column cannot hold the value.
 * Immutable.
 *
 * @param type what is staged, as SQL: {@code text}
 * @param number the number of that type in PostgreSQL's catalog
 * @param conversion the expression, with {@code %s} for what is staged
 */
public record StagedForm(String type, long number, String conversion) {

    private static final long TEXT = 25;
    private static final long TEXT_ARRAY = 1009;

    /** Texts, which become values of a type by its input function. */
    static StagedForm text(TargetType type) {
        return new StagedForm("text", TEXT, type.input());
    }

    /** Arrays of texts. */
    static StagedForm texts(TargetType type) {
        return new StagedForm("text[]", TEXT_ARRAY, "%s::" + type.sql());
    }

    /**
     * What a staged value becomes.
     *
     * @param staged an SQL expression of the staged type
     * @return an SQL expression of the column's type, without its length or precision
     */
    public String value(String staged) {
        return conversion.replace("%s", staged);
    }
}
