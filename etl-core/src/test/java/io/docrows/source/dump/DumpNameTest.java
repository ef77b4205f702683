package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** File names are those that mongodump makes, and mongorestore reads. */
final class DumpNameTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "users, users",
                "a b, a+b",
                "a+b, a%2Bb",
                "a/b, a%2Fb",
                "100%, 100%25",
                "a%2Bb, a%252Bb",
                "x.y-z_0~, x.y-z_0~",
                "a*(b)!'\"$&, a%2A%28b%29%21%27%22%24%26",
                "é, %C3%A9",
                "日本, %E6%97%A5%E6%9C%AC"
            })
    void namesAreEscapedAsInAQuery(String collection, String stem) {
        assertThat(DumpName.stem(collection)).isEqualTo(stem);
        assertThat(DumpName.collection(stem)).isEqualTo(collection);
    }

    @Test
    void everyCharacterComesBack() {
        for (int c = 1; c < 0x3000; c++) {
            String name = "n" + Character.toString(c) + "m";
            assertThat(DumpName.collection(DumpName.stem(name))).isEqualTo(name);
            assertThat(DumpName.stem(name)).matches("[A-Za-z0-9._~%+-]*");
        }
    }

    @Test
    void whatMongodumpNeverWritesIsTakenAsItIs() {
        assertThat(DumpName.collection("100%")).isEqualTo("100%");
        assertThat(DumpName.collection("a%zz+b")).isEqualTo("a%zz+b");
        assertThat(DumpName.collection("ä")).isEqualTo("ä");
    }

    @Test
    void namesThatAreTooLongAreCutAndHashed() {
        String fits = "abcdefghijklmnopq".repeat(14);
        assertThat(DumpName.stem(fits)).isEqualTo(fits).hasSize(238);

        String over = "abcdefghijklmnopqrstuvwxyz".repeat(10);
        String stem = DumpName.stem(over);
        assertThat(stem).hasSize(238).startsWith(over.substring(0, 208) + "%24");
        assertThat(Base64.getUrlDecoder().decode(stem.substring(211))).hasSize(20);
        assertThat(DumpName.mayBeCut(stem)).isTrue();
        assertThat(DumpName.stem(over + "x")).startsWith(stem.substring(0, 211)).isNotEqualTo(stem);

        String escaped = "abcdefghijklmnopqrstuvwxyz+/@".repeat(8);
        assertThat(DumpName.stem(escaped)).hasSize(238).contains("%2B%2F%40");
    }
}
