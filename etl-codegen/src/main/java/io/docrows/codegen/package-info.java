/**
 * What the build gives to jOOQ's code generator: a database that is an embedded PostgreSQL, migrated with Flyway, and a
 * generator that starts it only when there is something new to generate.
 */
@NullMarked
package io.docrows.codegen;

import org.jspecify.annotations.NullMarked;
