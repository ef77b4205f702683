/**
 * The tables that a mapping fills, as a tree: each kind of table knows its columns, its identity and its parent, and
 * renders the statements that stage, compare, change and delete its rows. Verbs walk the tree.
 */
@NullMarked
package io.docrows.internal.table;

import org.jspecify.annotations.NullMarked;
