/**
 * Reads collections of a MongoDB server as raw BSON, in the order of their {@code _id}s, through partitions that cover
 * every BSON type an {@code _id} can have. A reader whose cursor or connection is lost goes on behind the last
 * document.
 */
@NullMarked
package io.docrows.source.mongo;

import org.jspecify.annotations.NullMarked;
