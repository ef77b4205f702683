package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.apache.commons.validator.routines.EmailValidator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it lets through must be what the validator of all addresses lets through. */
final class PlainAddressTest {

    private static final EmailValidator VALIDATOR = EmailValidator.getInstance();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "a.b-c_d+gigs@mail.example.co.uk",
                "1@2.org",
                "a@xn--bcher-kva.example.org",
                "-@3-4.info"
            })
    void knowsUsualAddresses(String address) {
        assertThat(PlainAddress.matches(address)).isTrue();
        assertThat(VALIDATOR.isValid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "@example.com",
                "ada@",
                "ada@com",
                "ada@.com",
                "ada@example.",
                "ada@example..com",
                "ada@-example.com",
                "ada@example-.com",
                "ada@example.invalid",
                "ada@example.1com",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "a da@example.com",
                "ada@ex_ample.com",
                "ada@b@example.com",
                "Ada@example.com",
                "ada@[127.0.0.1]",
                "o'brien@example.com",
                "ada@bücher.example.org"
            })
    void leavesTheOthersToTheValidator(String address) {
        assertThat(PlainAddress.matches(address)).isFalse();
    }

    @Property(tries = 5_000)
    void letsNothingThroughThatTheValidatorRefuses(@ForAll("almostAddresses") String address) {
        boolean plain = PlainAddress.matches(address);
        Statistics.label("plain").collect(plain);
        if (plain) {
            assertThat(VALIDATOR.isValid(address)).as(address).isTrue();
        }
    }

    @Provide
    Arbitrary<String> almostAddresses() {
        Arbitrary<String> piece = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.strings().withChars("abz09").ofMinLength(1).ofMaxLength(4)),
                Tuple.of(4, Arbitraries.of(".", "@", "-", ".com", ".org", "_", "+")),
                Tuple.of(
                        1, Arbitraries.of("..", "--", " ", "é", "[", "]", "'", "\u0000", ".xn--p1ai", "x".repeat(63))));
        Arbitrary<String> part = piece.list().ofMinSize(1).ofMaxSize(4).map(pieces -> String.join("", pieces));
        return Combinators.combine(part, part, Arbitraries.of(".com", ".org", ".co.uk", ".", "", ".zz"))
                .as((local, domain, end) -> local + "@" + domain + end);
    }
}
