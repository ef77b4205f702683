package io.docrows.internal.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code name} and {@code "char"}: texts of so many bytes at most, of which PostgreSQL would cut the rest. */
final class NameCodec extends ColumnType<String> {

    private static final TextCodec TEXT = new TextCodec(ColumnLimits.NONE);

    private final int fewest;
    private final int most;

    private NameCodec(int fewest, int most) {
        super(String.class);
        this.fewest = fewest;
        this.most = most;
    }

    /** {@code NAMEDATALEN} in PostgreSQL's {@code pg_config_manual.h}, less one. */
    static NameCodec name() {
        return new NameCodec(0, 63);
    }

    static NameCodec character() {
        return new NameCodec(1, 1);
    }

    @Override
    @Nullable Violation violation(String value) {
        int bytes = value.getBytes(UTF_8).length;
        if (bytes > most) {
            return new Violation(RejectCode.TOO_LONG, "the text has " + bytes + " bytes; the column holds " + most);
        }
        return bytes < fewest
                ? new Violation(RejectCode.INVALID_VALUE, "the text is empty; the column holds a character")
                : TEXT.violation(value);
    }

    @Override
    void write(DataOutputStream out, String value) throws IOException {
        Utf8Buffer.write(out, value);
    }
}
