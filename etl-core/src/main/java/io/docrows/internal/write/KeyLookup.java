package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ids of rows by their natural keys, a whole batch at a time: the keys are copied into a temporary table with
 * the column's own type, so that they are compared as the database compares them. Not thread-safe.
 */
final class KeyLookup {

    private static final Field<Object> VALUE = Terms.staged("k", "value");

    private final Connection connection;
    private final String stage;
    private final TableField<?, ?> key;
    private final Terms terms;
    private final TableField<?, ?> id;
    private final DataType<?> idType;
    private final ColumnEncoder<?> encoder;
    private final StagingStatistics statistics;
    private java.sql.@Nullable PreparedStatement statement;
    private boolean holdsRows;

    /**
     * A lookup in one table.
     *
     * @param connection the connection of the batch's transaction
     * @param name the temporary table's name, unique in the session
     * @param key the unique column with the natural key
     * @param catalog how its values are compared and sent
     * @param id the column that is wanted
     * @param idType the type in which the id is going to be written
     */
    KeyLookup(
            Connection connection,
            String name,
            TableField<?, ?> key,
            TableCatalog catalog,
            TableField<?, ?> id,
            DataType<?> idType) {
        this.connection = connection;
        this.statistics = new StagingStatistics(connection);
        this.terms = new Terms(catalog);
        this.stage = "pg_temp." + name;
        this.key = key;
        this.id = id;
        this.idType = idType;
        this.encoder = ColumnEncoder.of(key, catalog);
    }

    void create() throws SQLException {
        drop();
        Statements.execute(
                connection,
                Stage.ofBatch()
                        .create(
                                stage,
                                DSL.select(
                                                Terms.column(SQLDataType.INTEGER, "ord"),
                                                Terms.field("t", key).as("value"))
                                        .from(Terms.tableOf(key, "t"))));
    }

    void drop() throws SQLException {
        Statements.execute(connection, Stage.drop(stage));
    }

    /** What was not committed may have been rolled back. */
    void forget() {
        statistics.forget();
    }

    /** The transaction was committed, and the table has emptied itself. */
    void committed() {
        statistics.committed();
        holdsRows = false;
    }

    /** Puts keys into the temporary table, in place of those of the call before. */
    void stage(List<?> keys) throws SQLException {
        if (holdsRows) {
            TemporaryRows.clear(connection, List.of(stage));
        }
        holdsRows = true;
        CopyIn.copy(connection, stage, "ord, value", writer -> {
            for (int ord = 0; ord < keys.size(); ord++) {
                writer.startRow(2);
                writer.writeInt(ord);
                encoder.write(keys.get(ord), writer);
            }
        });
        statistics.ensure(stage, keys.size());
    }

    /**
     * Inserts the staged keys that the table does not hold; sorted, so that two writers cannot deadlock. Only what
     * another session has inserted meanwhile is passed over.
     */
    void insertMissing() throws SQLException {
        Statements.execute(
                connection,
                Sql.text(Sql.dsl()
                        .insertInto(Terms.tableOf(key, "new"), Terms.bare(key))
                        .select(DSL.selectDistinct(VALUE)
                                .from(Stage.table(stage, "k"))
                                .where(DSL.notExists(DSL.selectOne()
                                        .from(Terms.tableOf(key, "t"))
                                        .where(isRow())))
                                .orderBy(VALUE))
                        .onConflict(Terms.bare(key))
                        .doNothing()));
    }

    private Condition isRow() {
        return terms.same(key, Terms.field("t", key), VALUE);
    }

    /**
     * The ids of the staged keys' rows.
     *
     * @return an id for each key in their order, null where there is no row
     */
    @Nullable Object[] ids() throws SQLException {
        if (statement == null) {
            // A scalar subquery for each key: a join would read the whole table where the planner finds that cheaper,
            // batch after batch.
            Field<?> wanted = Terms.field("t", id);
            if (!id.getType().equals(idType.getType())) {
                // PostgreSQL refuses an id that is too large for the column that refers to it; Java would cut it off.
                wanted = wanted.cast(idType);
            }
            Field<?> found =
                    DSL.field(DSL.select(wanted).from(Terms.tableOf(key, "t")).where(isRow()));
            statement = connection.prepareStatement(
                    Sql.text(DSL.select(DSL.arrayAgg(found).orderBy(Terms.staged("k", "ord")))
                            .from(Stage.table(stage, "k"))));
        }
        return Statements.array(statement, idType);
    }
}
