package io.docrows.internal.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Must write what PgBulkInsert's own handler writes. */
final class TextHandlerTest {

    @Property(tries = 500)
    void writesALengthAndUtf8(@ForAll("texts") String text) {
        assertThat(written(text)).isEqualTo(expected(text));
        assertThat(TextHandler.INSTANCE.getLength(text)).isEqualTo(text.getBytes(UTF_8).length);
    }

    /** Characters at the ends of each range, and halves of surrogate pairs. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
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
                        "x".repeat(300))
                .list()
                .ofMaxSize(20)
                .map(pieces -> String.join("", pieces));
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
        TextHandler.INSTANCE.handle(new DataOutputStream(bytes), text);
        return bytes.toByteArray();
    }

    private static byte[] expected(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new StringValueHandler().handle(new DataOutputStream(bytes), text);
        return bytes.toByteArray();
    }
}
