/**
 * Reads what mongodump writes: directories of {@code .bson} and {@code .bson.gz} files, single files, and archives.
 * Files are streamed with bounded memory, and damage is reported with its byte offset after everything before it was
 * handed out.
 */
@NullMarked
package io.docrows.source.dump;

import org.jspecify.annotations.NullMarked;
