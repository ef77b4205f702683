/** Tables, and how their rows are read from documents, as chosen: what the files of a project are written from. */
@NullMarked
package io.docrows.scaffold.internal.design;

import org.jspecify.annotations.NullMarked;
