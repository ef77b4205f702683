package io.docrows.internal.write;

import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ColumnMapping;
import java.sql.Connection;
import java.util.Iterator;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The default of a column, for documents without a value. COPY cannot choose it row by row, so it is asked for
 * beforehand, once for each row, as it may be another one each time. Not thread-safe.
 */
final class ColumnDefaults {

    private static final Settings SILENT = new Settings().withExecuteLogging(false);

    private final Connection connection;
    private final ColumnMapping column;
    private final String expression;

    ColumnDefaults(Connection connection, ColumnMapping column, TableCatalog catalog) {
        this.connection = connection;
        this.column = column;
        this.expression = catalog.defaultOf(column.column());
    }

    /** So many defaults. */
    Iterator<? extends @Nullable Object> draw(int number) {
        if (number == 0) {
            return List.of().iterator();
        }
        return DSL.using(connection, SQLDialect.POSTGRES, SILENT)
                .select(DSL.field(expression, column.column().getDataType()))
                .from("generate_series(1, " + number + ")")
                .fetch(0)
                .iterator();
    }
}
