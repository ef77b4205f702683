package io.docrows.internal.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Sends a text as it is, in UTF-8 ({@code textrecv} in PostgreSQL's {@code varlena.c}). PgBulkInsert's own handler
 * makes an array of bytes for each, and writes the length in four calls.
 */
final class TextHandler extends BaseValueHandler<String> {

    static final TextHandler INSTANCE = new TextHandler();

    @Override
    protected void internalHandle(DataOutputStream out, String value) throws IOException {
        Utf8Buffer.write(out, value);
    }

    @Override
    public int getLength(String value) {
        return value.getBytes(UTF_8).length;
    }
}
