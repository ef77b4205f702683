package io.docrows.cli.config;

import io.docrows.cli.session.Secrets;

/**
 * A value for an option, and where it comes from.
 *
 * @param value as it would stand on the command line; may be secret
 * @param shown the value as it may be printed: without what addresses, and variables that are named like secrets, put
 *     into it
 * @param origin where it comes from
 */
public record Setting(String value, String shown, Origin origin) {

    /**
     * A value that refers to no variable.
     *
     * @param value as it would stand on the command line; may be an address with its secrets
     * @param origin where it comes from
     */
    public Setting(String value, Origin origin) {
        this(value, value, origin);
    }

    /** Keeps credentials out of what is shown. */
    public Setting {
        shown = Secrets.maskAddresses(shown);
    }

    @Override
    public String toString() {
        return origin.toString();
    }
}
