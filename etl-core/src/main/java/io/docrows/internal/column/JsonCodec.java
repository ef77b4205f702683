package io.docrows.internal.column;

import java.io.DataOutputStream;
import java.io.IOException;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;

/** {@code json}, sent as its text. */
final class JsonCodec extends ColumnType<JSON> {

    JsonCodec() {
        super(JSON.class);
    }

    @Override
    @Nullable Violation violation(JSON value) {
        return null;
    }

    @Override
    void write(DataOutputStream out, JSON value) throws IOException {
        Utf8Buffer.write(out, value.data());
    }
}
