package io.docrows.source.dump;

import io.docrows.source.internal.CollectionKind;
import org.jspecify.annotations.Nullable;

/**
 * What mongodump writes about a collection beside its documents, as far as it matters here. It is read for what it can
 * tell: whatever is odd about it is unknown, and no reason to refuse the documents. Immutable.
 *
 * @param name the collection's whole name; null where it is unknown
 * @param kind what it is, by its options or its type
 * @param definition whether the options hold a view's definition, which means that there are no documents
 */
record CollectionMetadata(@Nullable String name, CollectionKind kind, boolean definition) {

    static final CollectionMetadata UNKNOWN = new CollectionMetadata(null, CollectionKind.COLLECTION, false);

    /** The largest text that is looked at; mongodump's are a few kilobytes, by the number of indexes. */
    static final int LONGEST = 8 << 20;

    /**
     * Reads Extended JSON, in a depth of stack that does not depend on it.
     *
     * @param json the text of a {@code .metadata.json} file, or of an archive's prelude
     */
    static CollectionMetadata of(String json) {
        String name = null;
        String type = "";
        boolean view = false;
        boolean timeSeries = false;
        JsonMembers members = new JsonMembers(json);
        for (String member = members.next(); member != null; member = members.next()) {
            switch (member) {
                case "collectionName" -> name = members.text();
                case "type" -> type = String.valueOf(members.text());
                case "options" -> {
                    JsonMembers options = members.object();
                    for (String option = options.next(); option != null; option = options.next()) {
                        view |= option.equals("viewOn");
                        timeSeries |= option.equals("timeseries");
                    }
                }
                default -> {}
            }
        }
        CollectionKind kind =
                timeSeries ? CollectionKind.TIME_SERIES : view ? CollectionKind.VIEW : CollectionKind.of(type);
        return new CollectionMetadata(name, kind, view);
    }
}
