package io.docrows.internal.table;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The staging table of a child table's rows: the number of the document, {@code ord}, the way from there to the row,
 * {@code a0, …}, columns, {@code c0, …}, the natural keys that references hold, {@code r0, …}, and the ids that these
 * lead to, {@code p0, …}. Immutable and thread-safe.
 */
public final class ChildStage {

    private final ChildTable table;
    private final Stage stage;

    ChildStage(ChildTable table, Stage stage) {
        this.table = table;
        this.stage = stage;
    }

    /**
     * The names of the columns, in the order in which they are written.
     *
     * @return {@code ord, a0, …, c0, …, r0, …, p0, …}
     */
    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of("ord"));
        for (int i = 0; i < table.way().size(); i++) {
            names.add("a" + i);
        }
        for (int i = 0; i < table.mapping().columns().size(); i++) {
            names.add("c" + i);
        }
        table.references().forEach(reference -> names.add(reference.key()));
        table.references().forEach(reference -> names.add(reference.id()));
        return names;
    }

    /**
     * The columns that may hold NULL whatever their type in the target allows.
     *
     * @return their names
     */
    public List<String> nullable() {
        List<String> nullable = new ArrayList<>();
        for (int i = 0; i < table.mapping().columns().size(); i++) {
            if (table.mapping().columns().get(i).keepsOldValue()) {
                nullable.add("c" + i);
            }
        }
        table.references().forEach(reference -> nullable.add(reference.key()));
        table.references().forEach(reference -> nullable.add(reference.id()));
        return nullable;
    }

    /**
     * Makes the table, whose columns have the types of the target's.
     *
     * @return the statement
     */
    public String create() {
        List<Field<?>> columns = new ArrayList<>(List.of(stage.ord()));
        List<Table<?>> from = new ArrayList<>();
        int way = 0;
        for (ChildTable above : table.tablesAbove()) {
            String alias = "b" + from.size();
            for (TableField<?, ?> column : above.mapping().identity()) {
                columns.add(Terms.field(alias, column).as("a" + way++));
            }
            from.add(above.rows(alias));
        }
        from.add(table.rows("z"));
        for (int i = 0; i < table.mapping().columns().size(); i++) {
            columns.add(
                    Terms.field("z", table.mapping().columns().get(i).column()).as("c" + i));
        }
        for (Reference reference : table.references()) {
            TableField<?, ?> key = reference.mapping().parentKey();
            String alias = "k" + reference.number();
            columns.add(Terms.field(alias, key).as(reference.key()));
            from.add(Terms.tableOf(key, alias));
        }
        for (Reference reference : table.references()) {
            columns.add(Terms.field("z", reference.column()).as(reference.id()));
        }
        return stage.create(table.staged(), DSL.select(columns).from(from));
    }
}
