package io.docrows.gigs;

import io.docrows.error.RejectedValueException;
import java.util.Locale;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/** Brings e-mail addresses into the one form under which the target compares them. Stateless. */
public final class Email {

    private static final String SCHEME = "mailto:";
    private static final EmailValidator VALIDATOR = EmailValidator.getInstance();

    private Email() {}

    /**
     * Trims an address, takes a leading {@code mailto:} away, whatever its case, and writes the rest in lower case.
     *
     * @param text what the document holds
     * @return the address, or null when nothing but blanks is left
     * @throws RejectedValueException if what is left is not a valid address on a public domain
     */
    public static @Nullable String normalize(String text) {
        if (PlainAddress.matches(text)) {
            return text;
        }
        String address = text.strip();
        if (address.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            address = address.substring(SCHEME.length()).strip();
        }
        if (address.isEmpty()) {
            return null;
        }
        address = address.toLowerCase(Locale.ROOT);
        if (!PlainAddress.matches(address) && !VALIDATOR.isValid(address)) {
            throw new RejectedValueException("the text is not a valid e-mail address");
        }
        return address;
    }
}
