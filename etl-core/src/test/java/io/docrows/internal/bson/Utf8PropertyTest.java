package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import org.instancio.Instancio;
import org.instancio.Random;
import org.instancio.Select;
import org.instancio.junit.InstancioExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Decodes what the JDK's strict decoder decodes, and refuses what that one refuses. */
@ExtendWith(InstancioExtension.class)
final class Utf8PropertyTest {

    private static final List<Integer> CHARACTERS = List.of(
            0, 0x61, 0x7A, 0x7F, 0x80, 0xBF, 0xC0, 0xFF, 0x100, 0x7FF, 0x800, 0x2019, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF,
            0x10000, 0x10FFFF);

    private static final List<Integer> BYTES =
            List.of(0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF);

    private final Utf8 utf8 = new Utf8();

    @Test
    void agreesWithTheStrictDecoder() {
        Instancio.of(byte[].class).supply(Select.root(), Utf8PropertyTest::text).stream()
                .limit(3_000)
                .forEach(this::agrees);
    }

    private void agrees(byte[] text) {
        // Between bytes that would be half a character, if they were looked at.
        ByteBuffer joined = ByteBuffer.allocate(text.length + 2);
        joined.put((byte) 0xC3).put(text).put((byte) 0x80);
        assertThat(decoded(joined.array(), 1, text.length + 1))
                .as(HexFormat.of().formatHex(text))
                .isEqualTo(strictlyDecoded(joined.array(), 1, text.length + 1));
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

    /** Up to eight pieces: characters at the ends of each range, plain ASCII, and now and then any bytes at all. */
    private static byte[] text(Random random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int left = random.intRange(0, 8); left > 0; left--) {
            int kind = random.intRange(1, 15);
            if (kind <= 8) {
                text.writeBytes(Character.toString(random.oneOf(CHARACTERS)).getBytes(UTF_8));
            } else if (kind <= 14) {
                for (int more = random.intRange(0, 12); more > 0; more--) {
                    text.write(random.oneOf(0, 0x7F, random.intRange(0, 0x7F)));
                }
            } else {
                text.write(random.oneOf(BYTES));
            }
        }
        return text.toByteArray();
    }
}
