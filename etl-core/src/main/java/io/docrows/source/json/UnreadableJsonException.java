package io.docrows.source.json;

/** Something in a JSON file that is no document. Says what was expected, never what was found. */
final class UnreadableJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String expected) {
        super(expected, null, false, false);
    }
}
