/** Runs that read only what was changed: what they read, what they leave, and when everything is read all the same. */
@NullMarked
package io.docrows.incremental;

import org.jspecify.annotations.NullMarked;
