package io.docrows.error;

/**
 * Thrown by a conversion to reject the document it works on. Carries no stack trace: it is an outcome, not a fault. The
 * detail is stored and logged, so it must not repeat the value.
 */
public final class RejectedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectCode code;

    /**
     * Rejects the document because the value breaks a rule of the mapping ({@link RejectCode#INVALID_VALUE}).
     *
     * @param detail what rule was broken, without the value itself
     */
    public RejectedValueException(String detail) {
        this(RejectCode.INVALID_VALUE, detail);
    }

    /**
     * Rejects the document.
     *
     * @param code the stable reason
     * @param detail what is wrong, without the value itself
     */
    public RejectedValueException(RejectCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /**
     * Returns the stable reason.
     *
     * @return the code
     */
    public RejectCode code() {
        return code;
    }

    /**
     * Returns what is wrong, without the value itself.
     *
     * @return the detail
     */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
