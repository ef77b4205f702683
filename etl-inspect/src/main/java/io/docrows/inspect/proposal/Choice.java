package io.docrows.inspect.proposal;

import java.util.Optional;

/**
 * A type that a column may have, and what it costs. Immutable.
 *
 * @param type a type of PostgreSQL
 * @param how what has to be allowed so that values of other types load too; empty if nothing
 * @param rejectedDocuments how many documents a load would reject, at most
 * @param firstId the {@code _id} of one of them
 * @param proved whether the data proves that it fits; else something is assumed, which {@code how} names
 */
public record Choice(String type, String how, long rejectedDocuments, Optional<String> firstId, boolean proved) {

    static Choice exact(String type) {
        return new Choice(type, "", 0, Optional.empty(), true);
    }

    static Choice assuming(String type, String what) {
        return new Choice(type, what, 0, Optional.empty(), false);
    }
}
