/**
 * What every verb does with documents on their way into the target: they are read in bounded batches, and those that
 * PostgreSQL refuses are told from the others.
 */
@NullMarked
package io.docrows.internal.stage;

import org.jspecify.annotations.NullMarked;
