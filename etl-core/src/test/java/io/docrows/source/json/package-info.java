/** Tests of the JSON source. Extended JSON is written here by the MongoDB driver's own writer. */
@NullMarked
package io.docrows.source.json;

import org.jspecify.annotations.NullMarked;
