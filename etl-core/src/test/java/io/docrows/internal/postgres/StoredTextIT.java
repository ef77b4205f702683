package io.docrows.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text has one stored form, and PostgreSQL has all of its characters. */
@Tag("long")
final class StoredTextIT {

    private static final String HELD = """
            CREATE OR REPLACE FUNCTION held(encoding name) RETURNS SETOF text LANGUAGE plpgsql AS $$
            BEGIN
              FOR b IN 128..255 LOOP
                BEGIN
                  RETURN NEXT convert_from(set_byte('\\x00'::bytea, 0, b), encoding);
                EXCEPTION WHEN others THEN NULL;
                END;
              END LOOP;
            END $$""";

    private static final Database DATABASE = Bookshop.database();

    @BeforeAll
    static void define() {
        DATABASE.execute(HELD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LATIN1",
                "LATIN2",
                "LATIN3",
                "LATIN4",
                "LATIN5",
                "LATIN6",
                "LATIN7",
                "LATIN8",
                "LATIN9",
                "LATIN10",
                "ISO_8859_5",
                "ISO_8859_6",
                "ISO_8859_7",
                "ISO_8859_8",
                "KOI8R",
                "KOI8U",
                "WIN866",
                "WIN874",
                "WIN1250",
                "WIN1251",
                "WIN1252",
                "WIN1253",
                "WIN1254",
                "WIN1255",
                "WIN1256",
                "WIN1257",
                "WIN1258"
            })
    void noEncodingIsBelievedToHaveACharacterThatItLacks(String encoding) {
        Set<String> held = new HashSet<>(DATABASE.rows("SELECT held('" + encoding + "')"));
        StoredText text = StoredText.ofEncoding(encoding);
        List<Integer> wrong = new ArrayList<>();
        for (char c = 0x80; c < Character.MAX_VALUE; c++) {
            String one = String.valueOf(c);
            String stored = text.stored(one);
            if (stored.equals(one) && !held.contains(one) || !text.text(stored).equals(one)) {
                wrong.add((int) c);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatLooksLikeAnEscapeIsEscapedItself() {
        StoredText latin = StoredText.ofEncoding("LATIN1");
        assertThat(latin.stored("caf\u00e9 5 \u20ac")).isEqualTo("caf\u00e9 5 \\u20ac");
        assertThat(latin.stored("\\u20ac \\\\u \\n \ud83d\ude00"))
                .isEqualTo("\\u005cu20ac \\\\u005cu \\n \\ud83d\\ude00");
        for (String each :
                new String[] {"\\u20ac", "\\\\u20ac", "\\u005cu20ac", "\\", "\u20ac\\", "\\\u20ac", "u\\u"}) {
            assertThat(latin.text(latin.stored(each))).isEqualTo(each);
        }
        assertThat(StoredText.ofEncoding("UTF8").stored("\\u20ac \u20ac")).isEqualTo("\\u20ac \u20ac");
        assertThat(StoredText.ofEncoding("EUC_JP").stored("\u65e5")).isEqualTo("\\u65e5");
    }
}
