package io.docrows.cli.config;

import io.docrows.text.ForeignText;

/**
 * Something in the configuration that is wrong.
 *
 * @param origin where it stands
 * @param key what it is about; empty when it is about the whole
 * @param message what is wrong, and what is allowed
 */
record Problem(Origin origin, String key, String message) {

    @Override
    public String toString() {
        return ForeignText.printable(origin + ": " + (key.isEmpty() ? "" : key + ": ") + message);
    }
}
