package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import io.docrows.internal.column.StagedForm;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ColumnMapping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The default of a column, for documents without a value. COPY cannot choose it row by row, so it is asked for
 * beforehand, once for each row, as it may be another one each time. It goes back as the bytes that PostgreSQL sent: a
 * default can be what no value of Java is, {@code infinity} for one. Not thread-safe.
 */
final class ColumnDefaults {

    /** Writes the bytes of a value, whatever its type. */
    static final IValueHandler<byte[]> BYTES = new ByteArrayValueHandler();

    /** The signature of a binary COPY, and the flags; then comes the length of an extension. */
    private static final int HEADER = 11 + Integer.BYTES;

    private final Connection connection;
    private final String value;

    ColumnDefaults(Connection connection, ColumnMapping column, TableCatalog catalog) {
        this.connection = connection;
        // Without the cast, 1 as the default of a bigint would be an integer.
        String ofColumn = catalog.equality(column.column()).cast("(" + catalog.defaultOf(column.column()) + ")");
        StagedForm form = catalog.type(column.column()).stagedForm();
        this.value = form == null ? ofColumn : "(" + ofColumn + ")::" + form.type();
    }

    /** So many defaults, in the form in which the column's values are copied. */
    Iterator<byte @Nullable []> draw(int number) throws SQLException {
        if (number == 0) {
            return List.<byte @Nullable []>of().iterator();
        }
        ByteArrayOutputStream copied = new ByteArrayOutputStream();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY (SELECT " + value + " FROM generate_series(1, " + number + ")) TO STDOUT BINARY",
                            copied);
            return values(new DataInputStream(new ByteArrayInputStream(copied.toByteArray())), number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of one value each: the number of values, then the length of the value in bytes, -1 for NULL. */
    private static Iterator<byte @Nullable []> values(DataInputStream in, int number) throws IOException {
        in.skipNBytes(HEADER);
        in.skipNBytes(in.readInt());
        List<byte @Nullable []> values = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            in.readShort();
            int length = in.readInt();
            values.add(length < 0 ? null : in.readNBytes(length));
        }
        return values.iterator();
    }
}
