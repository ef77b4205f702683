package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code oid}: a number of 32 bits without a sign, which generated classes have as a long. */
final class OidCodec extends ColumnType<Long> {

    private static final long MAX = 0xFFFF_FFFFL;

    OidCodec() {
        super(Long.class);
    }

    @Override
    @Nullable Violation violation(Long value) {
        return value < 0 || value > MAX
                ? new Violation(RejectCode.OUT_OF_RANGE, "the number is not one of an oid, 0 to " + MAX)
                : null;
    }

    @Override
    void write(DataOutputStream out, Long value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt((int) (long) value);
    }
}
