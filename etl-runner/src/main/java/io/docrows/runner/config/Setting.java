package io.docrows.runner.config;

/**
 * A value for an option, and where it comes from.
 *
 * @param value as it would stand on the command line; may be secret
 * @param origin where it comes from
 */
public record Setting(String value, Origin origin) {

    @Override
    public String toString() {
        return origin.toString();
    }
}
