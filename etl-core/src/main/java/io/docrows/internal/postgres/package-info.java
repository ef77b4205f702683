/** How the library talks to PostgreSQL: sessions and their lock, statements, names and literals, errors. */
@NullMarked
package io.docrows.internal.postgres;

import org.jspecify.annotations.NullMarked;
