package io.docrows.internal.column;

import java.io.DataOutputStream;
import java.io.IOException;
import org.jooq.EnumType;
import org.jspecify.annotations.Nullable;

/** An enum, sent by its label, as {@code enum_recv} expects it. */
final class EnumCodec extends ColumnType<EnumType> {

    EnumCodec() {
        super(EnumType.class);
    }

    @Override
    @Nullable Violation violation(EnumType value) {
        return null;
    }

    @Override
    void write(DataOutputStream out, EnumType value) throws IOException {
        Utf8Buffer.write(out, value.getLiteral());
    }
}
