package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jooq.EnumType;

/** Sends an enum by its label, as {@code enum_recv} expects it. */
final class EnumHandler extends BaseValueHandler<EnumType> {

    static final EnumHandler INSTANCE = new EnumHandler();

    @Override
    protected void internalHandle(DataOutputStream out, EnumType value) throws IOException {
        Utf8Buffer.write(out, value.getLiteral());
    }

    @Override
    public int getLength(EnumType value) {
        return value.getLiteral().getBytes(StandardCharsets.UTF_8).length;
    }
}
