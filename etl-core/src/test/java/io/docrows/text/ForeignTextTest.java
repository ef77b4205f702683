package io.docrows.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "users", "a.b.0.c", "Zoë Łódź 名前 اسم שם", "c:\\u\\x", "\uD83D\uDC69", "e\u0301"})
    void leavesWhatCanBeSeenAsItIs(String text) {
        assertThat(ForeignText.printable(text)).isSameAs(text);
        assertThat(ForeignText.name(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x17B4,
                0x180B, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202E, 0x2060, 0x2066, 0x2069, 0x2800, 0x3000, 0x3164,
                0xD800, 0xDFFF, 0xE000, 0xF607, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFF
            })
    void escapesWhatIsObeyedOrHidden(int c) {
        assertThat(ForeignText.printable("a" + Character.toString(c) + "b")).isEqualTo("a\\u%04xb".formatted(c));
    }

    @Test
    void escapesCharactersBeyondTheFirstPlaneAsTwo() {
        assertThat(ForeignText.printable(Character.toString(0xE0041) + Character.toString(0xE0100)))
                .isEqualTo("\\udb40\\udc41\\udb40\\udd00");
    }

    @Test
    void escapingTwiceIsEscapingOnce() {
        String once = ForeignText.printable("\u001b[31m\\u001b");
        assertThat(once).isEqualTo("\\u001b[31m\\u001b");
        assertThat(ForeignText.printable(once)).isEqualTo(once);
    }

    @Test
    void keepsLineFeedsOnlyWhereItIsAskedTo() {
        assertThat(ForeignText.printableLines("a\nb\r\n\u001b")).isEqualTo("a\nb\\u000d\n\\u001b");
        assertThat(ForeignText.printable("a\nb")).isEqualTo("a\\u000ab");
    }

    @Test
    void cutsLongNamesAndTellsThemApart() {
        String one = ForeignText.bounded("n".repeat(1_000_000) + "1");
        String other = ForeignText.bounded("n".repeat(1_000_000) + "2");
        assertThat(one)
                .hasSize(ForeignText.LONGEST_NAME)
                .matches("n+…\\(sha256:[0-9a-f]{16}, 1000001 characters\\)")
                .isNotEqualTo(other);
        assertThat(ForeignText.bounded(one)).isSameAs(one);
    }

    @Test
    void cutsBetweenCharacters() {
        String cut = ForeignText.bounded("\uD83D\uDC69".repeat(500));
        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(ForeignText.LONGEST_NAME);
        assertThat(ForeignText.printable(cut)).isSameAs(cut);
        assertThat(ForeignText.bounded("\uD83D\uDC69".repeat(ForeignText.LONGEST_NAME)))
                .hasSize(2 * ForeignText.LONGEST_NAME);
    }

    @Test
    void boundsWhatIsEscapedByTheTextItself() {
        assertThat(ForeignText.name("\u001b".repeat(300)))
                .matches("(\\\\u001b)+…\\(sha256:[0-9a-f]{16}, 300 characters\\)")
                .endsWith(ForeignText.bounded("\u001b".repeat(300)).replace("\u001b", ""));
    }
}
