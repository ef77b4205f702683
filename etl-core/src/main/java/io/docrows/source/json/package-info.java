/**
 * Reads JSON: what mongoexport and others write as MongoDB Extended JSON, what the shell prints, and plain JSON. Every
 * document is converted into BSON, so that it is decoded like any other.
 */
@NullMarked
package io.docrows.source.json;

import org.jspecify.annotations.NullMarked;
