/** Brings the target's schema to the version this build was compiled against, or says why it cannot be. */
@NullMarked
package io.docrows.cli.schema;

import org.jspecify.annotations.NullMarked;
