package io.docrows.inspect.fact;

/**
 * An embedded document that many documents repeat, told apart by one of its fields; counted exactly. Immutable.
 *
 * @param path the embedded document
 * @param key the path of the field that tells them apart
 * @param occurrences how many embedded documents
 * @param entities how many different values of the key
 * @param versions how many different documents; more than entities if copies have grown apart
 * @param entitiesWithVersions how many values of the key have more than one version
 */
public record EntityFacts(
        String path, String key, long occurrences, long entities, long versions, long entitiesWithVersions) {}
