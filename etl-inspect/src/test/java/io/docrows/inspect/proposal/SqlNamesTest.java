package io.docrows.inspect.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SqlNamesTest {

    @Test
    void aNameOfAMillionCharactersIsCutAtOnce() {
        assertThat(SqlNames.cut("x".repeat(1_000_000))).matches("x{54}_[0-9a-f]{8}");
    }

    @Test
    void noCharacterIsCutInTwo() {
        for (String character : new String[] {"ä", "数", "😀", "\ud83d"}) {
            String cut = SqlNames.cut("ab" + character.repeat(70));

            assertThat(cut).startsWith("ab" + character);
            assertThat(cut.getBytes(UTF_8).length).isBetween(60, SqlNames.LONGEST);
            assertThat(cut.substring(2, cut.lastIndexOf('_')).replace(character, ""))
                    .isEmpty();
        }
    }
}
