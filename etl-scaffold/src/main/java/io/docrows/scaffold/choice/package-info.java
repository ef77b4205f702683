/**
 * What the tables of a scaffolded project are made of: decisions that a person reviews, and the file that holds them.
 */
@NullMarked
package io.docrows.scaffold.choice;

import org.jspecify.annotations.NullMarked;
