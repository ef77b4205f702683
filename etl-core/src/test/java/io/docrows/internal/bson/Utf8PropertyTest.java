package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Decodes what the JDK's strict decoder decodes, and refuses what that one refuses. */
final class Utf8PropertyTest {

    private final Utf8 utf8 = new Utf8();

    @Property(tries = 3_000)
    void agreesWithTheStrictDecoder(@ForAll("pieces") List<byte[]> pieces) {
        ByteBuffer joined = ByteBuffer.allocate(1024);
        joined.put((byte) 0xC3);
        pieces.forEach(joined::put);
        int end = joined.position();
        joined.put((byte) 0x80);
        assertThat(decoded(joined.array(), 1, end)).isEqualTo(strictlyDecoded(joined.array(), 1, end));
    }

    private @Nullable String decoded(byte[] bytes, int from, int to) {
        try {
            return utf8.decode(bytes, from, to);
        } catch (MalformedBsonException e) {
            return null;
        }
    }

    private static @Nullable String strictlyDecoded(byte[] bytes, int from, int to) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Characters at the ends of each range, and now and then any bytes at all. */
    @Provide
    Arbitrary<List<byte[]>> pieces() {
        Arbitrary<byte[]> characters = Arbitraries.of(
                        0, 0x61, 0x7A, 0x7F, 0x80, 0xBF, 0xC0, 0xFF, 0x100, 0x7FF, 0x800, 0x2019, 0xD7FF, 0xE000,
                        0xFFFD, 0xFFFF, 0x10000, 0x10FFFF)
                .map(character -> Character.toString(character).getBytes(UTF_8));
        Arbitrary<byte[]> ascii = Arbitraries.strings().ascii().ofMaxLength(12).map(text -> text.getBytes(UTF_8));
        Arbitrary<byte[]> bytes = Arbitraries.of(
                        0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF)
                .map(b -> new byte[] {(byte) (int) b});
        return Arbitraries.frequencyOf(Tuple.of(8, characters), Tuple.of(6, ascii), Tuple.of(1, bytes))
                .list()
                .ofMaxSize(8);
    }
}
