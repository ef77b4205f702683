package io.docrows.inspect.internal.measure;

/** A collection has more paths than are held: to be read again with {@linkplain Limits#tighter() tighter limits}. */
public final class TooManyPathsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyPathsException() {
        super("more paths than are held", null, false, false);
    }
}
