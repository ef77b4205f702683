package io.docrows.internal.write;

import io.docrows.internal.postgres.RefusedConversion;
import io.docrows.internal.postgres.RowLeftOut;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.write.StagedTexts.StagedText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Copies rows into a table. Values that only the server can make are copied as texts into another, temporary table
 * first, of which it then makes the rows: one statement, so that whatever comes after finds values of the columns' own
 * types. Without such values the rows are copied straight. Not thread-safe.
 */
public final class StagingCopy {

    private static final String TEMPORARY = "pg_temp.";
    private static final String PROBE = "docrows_probe";

    private final Connection connection;
    private final String table;
    private final String texts;
    private final Map<String, StagedText> forms;

    /**
     * A copy into one table.
     *
     * @param connection without auto-commit
     * @param table the table, with its schema, quoted
     * @param texts the name of the temporary table
     * @param forms the columns, quoted as in {@link #copy}, whose values the server makes, with how it does
     */
    public StagingCopy(Connection connection, String table, String texts, StagedTexts forms) {
        this.connection = connection;
        this.table = table;
        this.texts = TEMPORARY + texts;
        this.forms = Map.copyOf(forms.byName());
    }

    /**
     * Makes the temporary table, if one is needed; the caller commits.
     *
     * @param names the columns that are going to be written
     * @throws SQLException if the server knows no such conversion, or the role may not use it
     */
    public void create(List<String> names) throws SQLException {
        if (forms.isEmpty()) {
            return;
        }
        drop();
        List<String> changes = new ArrayList<>();
        forms.forEach((name, text) -> changes.add("ALTER COLUMN " + name + " TYPE "
                + text.form().type() + " USING NULL::" + text.form().type()));
        Statements.execute(
                connection,
                List.of(
                        "CREATE TEMP TABLE " + texts.substring(TEMPORARY.length()) + " ON COMMIT DELETE ROWS AS SELECT "
                                + String.join(", ", names) + " FROM " + table + " WITH NO DATA",
                        "ALTER TABLE " + texts + " " + String.join(", ", changes)));
        // What is wrong with the statement itself must not be taken for the fault of a row.
        Statements.execute(connection, conversion(names));
    }

    /**
     * Drops the temporary table; the caller commits.
     *
     * @throws SQLException if the connection fails
     */
    public void drop() throws SQLException {
        if (!forms.isEmpty()) {
            Statements.execute(connection, "DROP TABLE IF EXISTS " + texts);
        }
    }

    /**
     * Copies rows.
     *
     * @param names the columns in the order in which they are written, all of them told to {@link #create}
     * @param rows writes them
     * @param ofOne whether they are rows of one document, so that it is worth while to ask which text is refused
     * @throws RefusedConversion if the server can make no value of a text
     * @throws SQLException if PostgreSQL refuses a row, or the connection breaks
     */
    public void copy(List<String> names, CopyIn.Rows rows, boolean ofOne) throws SQLException {
        if (forms.isEmpty()) {
            CopyIn.copy(connection, table, String.join(", ", names), rows);
            return;
        }
        TemporaryRows.clear(connection, List.of(texts));
        long sent = CopyIn.copy(connection, texts, String.join(", ", names), rows);
        Savepoint before = connection.setSavepoint();
        try {
            if (Statements.update(connection, conversion(names)) < sent) {
                throw new RowLeftOut(table);
            }
            connection.releaseSavepoint(before);
        } catch (PSQLException e) {
            ServerErrorMessage message = e.getServerErrorMessage();
            if (message == null || !RefusedConversion.isOfValue(e)) {
                throw e;
            }
            connection.rollback(before);
            StagedText refused = ofOne ? place(before) : null;
            throw refused == null
                    ? new RefusedConversion(message, null, null)
                    : new RefusedConversion(message, refused.path(), refused.column());
        }
    }

    private String conversion(List<String> names) {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            StagedText text = forms.get(name);
            values.add(text == null ? "s." + name : text.form().value("s." + name));
        }
        // As COPY does, which takes ids for a column that is GENERATED ALWAYS.
        return "INSERT INTO " + table + " (" + String.join(", ", names) + ") OVERRIDING SYSTEM VALUE SELECT "
                + String.join(", ", values) + " FROM " + texts + " s";
    }

    /** The column whose text is refused. */
    private @Nullable StagedText place(Savepoint before) throws SQLException {
        for (Map.Entry<String, StagedText> each : forms.entrySet()) {
            String name = each.getKey();
            try {
                Statements.execute(
                        connection,
                        List.of(
                                "CREATE TEMP TABLE " + PROBE + " AS SELECT " + name + " FROM " + table
                                        + " WITH NO DATA",
                                "INSERT INTO " + TEMPORARY + PROBE + " SELECT "
                                        + each.getValue().form().value("s." + name) + " FROM " + texts + " s"));
                connection.rollback(before);
            } catch (PSQLException e) {
                if (!RefusedConversion.isOfValue(e)) {
                    throw e;
                }
                connection.rollback(before);
                return each.getValue();
            }
        }
        return null;
    }
}
