package io.docrows.source.json;

/**
 * A field's name. Immutable.
 *
 * @param cstring its bytes in UTF-8, and the zero byte that ends them
 * @param key what it says in Extended JSON; {@link WrapperKey#NONE} for the names of ordinary fields
 */
record Name(byte[] cstring, WrapperKey key) {}
