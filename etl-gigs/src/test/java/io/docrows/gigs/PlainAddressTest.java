package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.validator.routines.EmailValidator;
import org.instancio.Instancio;
import org.instancio.Random;
import org.instancio.Select;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it lets through must be what the validator of all addresses lets through. */
@ExtendWith(InstancioExtension.class)
final class PlainAddressTest {

    private static final EmailValidator VALIDATOR = EmailValidator.getInstance();

    private static final List<String> ODD =
            List.of("..", "--", " ", "é", "[", "]", "'", "\u0000", ".xn--p1ai", "x".repeat(63));

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

    @Test
    void letsNothingThroughThatTheValidatorRefuses() {
        AtomicInteger plain = new AtomicInteger();
        Instancio.of(String.class).supply(Select.root(), PlainAddressTest::almostAddress).stream()
                .limit(5_000)
                .filter(PlainAddress::matches)
                .forEach(address -> {
                    plain.incrementAndGet();
                    assertThat(VALIDATOR.isValid(address)).as(address).isTrue();
                });
        assertThat(plain).hasValueBetween(250, 4_750);
    }

    private static String almostAddress(Random random) {
        return part(random) + "@" + part(random) + random.oneOf(".com", ".org", ".co.uk", ".", "", ".zz");
    }

    private static String part(Random random) {
        StringBuilder part = new StringBuilder();
        for (int left = random.intRange(1, 4); left > 0; left--) {
            int kind = random.intRange(1, 11);
            if (kind <= 6) {
                for (int more = random.intRange(1, 4); more > 0; more--) {
                    part.append(random.oneOf('a', 'b', 'z', '0', '9'));
                }
            } else if (kind <= 10) {
                part.append(random.oneOf(".", "@", "-", ".com", ".org", "_", "+"));
            } else {
                part.append(random.oneOf(ODD));
            }
        }
        return part.toString();
    }
}
