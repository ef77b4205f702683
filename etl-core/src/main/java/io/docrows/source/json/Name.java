package io.docrows.source.json;

import org.jspecify.annotations.Nullable;

/** A field's name, ready to be written. For one thread, since it remembers which name came after it. */
final class Name {

    private final String text;
    private final byte[] cstring;
    private final WrapperKey key;

    /** The name that came behind this one last. */
    @Nullable Name next;

    /**
     * A name.
     *
     * @param text as it is read
     * @param cstring its bytes in UTF-8, and the zero byte that ends them
     * @param key what it says in Extended JSON; {@link WrapperKey#NONE} for the names of ordinary fields
     */
    Name(String text, byte[] cstring, WrapperKey key) {
        this.text = text;
        this.cstring = cstring;
        this.key = key;
    }

    boolean is(String other) {
        return text.equals(other);
    }

    byte[] cstring() {
        return cstring;
    }

    WrapperKey key() {
        return key;
    }
}
