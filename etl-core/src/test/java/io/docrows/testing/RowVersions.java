package io.docrows.testing;

import io.docrows.internal.table.TableTree;
import io.docrows.mapping.CollectionMapping;
import io.docrows.testing.Bookshop.Database;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Table;

/** The row versions of all tables that a mapping fills: whatever is written, even if it changes nothing, shows. */
public final class RowVersions {

    private RowVersions() {}

    /** All of them, in order. */
    public static List<String> of(Database database, CollectionMapping<?> mapping) {
        return database.rows(TableTree.tables(mapping).stream()
                        .map(Table::getName)
                        .map(table -> "SELECT '" + table + "', ctid::text, xmin::text FROM \"" + table + '"')
                        .collect(Collectors.joining(" UNION ALL "))
                + " ORDER BY 1, 2");
    }
}
