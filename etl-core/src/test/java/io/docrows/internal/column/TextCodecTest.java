package io.docrows.internal.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.util.List;
import org.instancio.Instancio;
import org.instancio.Random;
import org.instancio.Select;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Must write what PgBulkInsert's own handler writes. */
@ExtendWith(InstancioExtension.class)
final class TextCodecTest {

    private static final TextCodec TEXT = new TextCodec(ColumnLimits.NONE);

    /** Characters at the ends of each range, and halves of surrogate pairs. */
    private static final List<String> PIECES = List.of(
            "a",
            "z",
            "\0",
            "\u007F",
            "\u0080",
            "\u00FC",
            "\u07FF",
            "\u0800",
            "\u2019",
            "\uD7FF",
            "\uE000",
            "\uFFFF",
            "\uD800\uDC00",
            "\uDBFF\uDFFF",
            "\uD800",
            "\uDC00",
            "plain words",
            "x".repeat(300));

    @Test
    void writesALengthAndUtf8() {
        Instancio.of(String.class).supply(Select.root(), TextCodecTest::text).stream()
                .limit(500)
                .forEach(text -> {
                    assertThat(written(text)).as(text).isEqualTo(expected(text));
                    assertThat(TEXT.getLength(text)).as(text).isEqualTo(text.getBytes(UTF_8).length);
                });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.intRange(0, 20); left > 0; left--) {
            text.append(random.oneOf(PIECES));
        }
        return text.toString();
    }

    @Test
    void writesTextsOfAllSizes() {
        for (String character : new String[] {"a", "\u00FC", "\u20AC", "\uD83D\uDE00"}) {
            for (int length : new int[] {0, 1, 255, 256, 2047, 2048, 4095, 4096, 4097, 70_000}) {
                String text = character.repeat(length);
                assertThat(written(text)).isEqualTo(expected(text));
            }
        }
    }

    private static byte[] written(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TEXT.handle(new DataOutputStream(bytes), text);
        return bytes.toByteArray();
    }

    private static byte[] expected(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new StringValueHandler().handle(new DataOutputStream(bytes), text);
        return bytes.toByteArray();
    }
}
