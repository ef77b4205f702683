package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jooq.JSON;
import org.jooq.JSONB;

/** Sends JSON text; {@code jsonb_recv} wants a version byte, 1, before it, {@code json_recv} does not. */
final class JsonHandler<T> extends BaseValueHandler<T> {

    private final Function<T, String> text;
    private final boolean versioned;

    private JsonHandler(Function<T, String> text, boolean versioned) {
        this.text = text;
        this.versioned = versioned;
    }

    static JsonHandler<JSONB> jsonb() {
        return new JsonHandler<>(JSONB::data, true);
    }

    static JsonHandler<JSON> json() {
        return new JsonHandler<>(JSON::data, false);
    }

    @Override
    protected void internalHandle(DataOutputStream out, T value) throws IOException {
        byte[] utf8 = text.apply(value).getBytes(StandardCharsets.UTF_8);
        if (versioned) {
            out.writeInt(utf8.length + 1);
            out.writeByte(1);
        } else {
            out.writeInt(utf8.length);
        }
        out.write(utf8);
    }

    @Override
    public int getLength(T value) {
        return text.apply(value).getBytes(StandardCharsets.UTF_8).length + (versioned ? 1 : 0);
    }
}
