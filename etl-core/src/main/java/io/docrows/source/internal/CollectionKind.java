package io.docrows.source.internal;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.text.ForeignText;

/** What MongoDB stores under a collection's name. */
public enum CollectionKind {
    /** Documents of its own, each with an {@code _id} that no other has. */
    COLLECTION("", ""),
    /** A query on a collection. Its results may share an {@code _id} or have none. */
    VIEW(
            "a view",
            "Map the collection that it is made of, or store what it shows as a collection, with $merge or $out."),
    /** Measurements, stored in buckets. Any number of them may share an {@code _id}, and no index leads to it. */
    TIME_SERIES("a time-series collection", "Store its documents as an ordinary collection, with $out, and map that.");

    private final String called;
    private final String advice;

    CollectionKind(String called, String advice) {
        this.called = called;
        this.advice = advice;
    }

    /**
     * The kind that MongoDB calls by a word.
     *
     * @param type the field {@code type} of a reply to {@code listCollections}, or of a dump's metadata
     * @return the kind; an ordinary collection for any other word
     */
    public static CollectionKind of(String type) {
        return switch (type) {
            case "view" -> VIEW;
            case "timeseries" -> TIME_SERIES;
            default -> COLLECTION;
        };
    }

    /**
     * The error for a name that stands for no collection.
     *
     * @param collection the name asked for
     * @param source the source's description; holds no secret
     * @return the exception, code {@code SOURCE_COLLECTION_MISSING}
     */
    public DocrowsException error(String collection, String source) {
        return new DocrowsException(
                ErrorCode.SOURCE_COLLECTION_MISSING,
                "\"" + ForeignText.name(collection) + "\" in " + source + " is " + called
                        + ", which cannot be read document by document. " + advice);
    }
}
