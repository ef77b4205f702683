package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.PathFacts;

/**
 * A path whose values may be those of a key.
 *
 * @param collection the collection that refers
 * @param path the path that refers
 * @param target the collection that is referred to
 * @param targetPath the path of the key
 * @param share the share of the sampled values that are there
 * @param likeness how much the names speak for it
 */
record Pair(String collection, PathFacts path, String target, PathFacts targetPath, double share, int likeness) {}
