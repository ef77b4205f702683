package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTest {

    @Test
    void quotesBecomeApostrophes() {
        assertThat(Text.straightenQuotes("\u2018a\u2019 \u201Cb\u201D")).isEqualTo("'a' 'b'");
    }

    @Test
    void anEnDashBecomesAHyphen() {
        assertThat(Text.straightenQuotes("8\u201310")).isEqualTo("8-10");
    }

    @Test
    void nothingElseChanges() {
        String text = "  \u2014 \u201A\u201B\u201E\u201F \u2032 \u00AB\u00BB \u2010\u2011\u2012\u2015 `\"' \t\n"
                + " \u00E9e\u0301 \uD83E\uDDF9 ";

        assertThat(Text.straightenQuotes(text)).isSameAs(text);
    }

    @Test
    void theTextAroundARepairStays() {
        assertThat(Text.straightenQuotes(" \uD83E\uDDF9 O\u2019Shea\u00A0")).isEqualTo(" \uD83E\uDDF9 O'Shea\u00A0");
    }

    @Test
    void anEmptyTextStaysEmpty() {
        assertThat(Text.straightenQuotes("")).isEmpty();
    }
}
