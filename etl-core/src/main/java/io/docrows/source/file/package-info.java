/** Opens files, directories and streams by what they hold: what mongodump wrote, or JSON. */
@NullMarked
package io.docrows.source.file;

import org.jspecify.annotations.NullMarked;
