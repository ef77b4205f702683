/**
 * The mapping language: how the fields of a document become the columns of a generated record and the rows around it.
 * Mappings are values: immutable, checked when built, and testable without a database.
 */
@NullMarked
package io.docrows.mapping;

import org.jspecify.annotations.NullMarked;
