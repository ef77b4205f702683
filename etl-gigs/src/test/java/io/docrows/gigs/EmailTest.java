package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " \t\r\n ", "mailto:", " MailTo:  "})
    void blankBecomesNull(String blank) {
        assertThat(Email.normalize(blank)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "ADA@Example.COM, ada@example.com",
        "mailto:ada@example.com, ada@example.com",
        "MAILTO:Ada@example.com, ada@example.com",
        "'  mailto:  ada@example.com\t', ada@example.com",
        "o'brien+gigs@mail.example.co.uk, o'brien+gigs@mail.example.co.uk",
        "post@Bücher.example.org, post@bücher.example.org"
    })
    void anAddressIsBroughtIntoOneForm(String text, String address) {
        assertThat(Email.normalize(text)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write me!",
                "ada",
                "ada@",
                "@example.com",
                "ada@localhost",
                "ada@example",
                "ada@example.invalid",
                "a da@example.com",
                "ada@example.com, bob@example.com",
                "mailto:mailto:ada@example.com",
                "ada@example.com?subject=hi",
                "Ada <ada@example.com>",
                "ada\u0000@example.com"
            })
    void anInvalidAddressIsRejectedWithoutBeingRepeated(String text) {
        assertThatExceptionOfType(RejectedValueException.class)
                .isThrownBy(() -> Email.normalize(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectCode.INVALID_VALUE))
                .satisfies(e -> assertThat(e.detail()).doesNotContain("ada", "bob", "write"));
    }

    /** In Turkish the lower case of I is not i. */
    @Test
    void theCaseDoesNotDependOnTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Email.normalize("MAILTO:IDA@EXAMPLE.COM")).isEqualTo("ida@example.com");
        } finally {
            Locale.setDefault(before);
        }
    }
}
