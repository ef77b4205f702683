package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.Join;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A join table into which rows of documents are copied as they are. Not thread-safe. */
final class CopiedLinks {

    private final Connection connection;
    private final LinkTable link;
    private final ColumnEncoder<?> owner;
    private final ColumnEncoder<?> other;
    private final String table;
    private final String columns;

    CopiedLinks(Connection connection, LinkTable link, TableCatalog catalog) {
        this.connection = connection;
        this.link = link;
        Join<?> join = link.mapping().join();
        this.owner = ColumnEncoder.of(join.owner(), catalog);
        this.other = ColumnEncoder.of(join.other(), catalog);
        this.table = Sql.table(join.table());
        this.columns = Sql.column(join.owner()) + ", " + Sql.column(join.other());
    }

    /** Copies the rows of documents, which were copied before, as {@code rows}; returns how many those are. */
    long copy(
            List<? extends MappedDocument<?>> documents,
            BitSet rejected,
            List<@Nullable List<Object>> linked,
            CopiedTable owners,
            CopiedRows rows)
            throws SQLException {
        long[] copied = new long[1];
        CopyIn.copy(connection, table, columns, writer -> {
            for (int i = 0; i < linked.size(); i++) {
                List<Object> others = linked.get(i);
                if (others == null || others.isEmpty() || rejected.get(i)) {
                    continue;
                }
                Object id = owners.valueOf(documents.get(i), i, link.mapping().ownerId(), rows);
                for (Object one : others) {
                    writer.startRow(2);
                    owner.write(id, writer);
                    other.write(one, writer);
                }
                copied[0] += others.size();
            }
        });
        return copied[0];
    }
}
