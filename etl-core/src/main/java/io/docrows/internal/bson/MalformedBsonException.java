package io.docrows.internal.bson;

import io.docrows.error.RejectCode;

/**
 * The bytes are not what the BSON specification allows. Carries no stack trace: it is an outcome that may occur once a
 * document, not a fault of the program. The message never repeats a value.
 */
public final class MalformedBsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectCode code;
    private final int offset;

    MalformedBsonException(RejectCode code, String problem, int offset) {
        super(problem, null, false, false);
        this.code = code;
        this.offset = offset;
    }

    /**
     * The stable reason: {@link RejectCode#INVALID_UTF8} for a text that is not UTF-8,
     * {@link RejectCode#INVALID_DOCUMENT} for everything else.
     *
     * @return the code
     */
    public RejectCode code() {
        return code;
    }

    /**
     * Where the fault was found.
     *
     * @return bytes from the start of the document
     */
    public int offset() {
        return offset;
    }
}
