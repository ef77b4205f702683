/**
 * What the library has written down about its runs in a target: past runs, how far they came, rejected documents and
 * references that wait. Read only; every value is a snapshot.
 */
@NullMarked
package io.docrows.history;

import org.jspecify.annotations.NullMarked;
