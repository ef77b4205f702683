package io.docrows.source.mongo;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.BsonBytes;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * A place in a change stream: a resume token, or a moment as long as the server has told no token. Immutable.
 *
 * @param token what the server calls the place
 * @param start the moment from which on changes are wanted, where there is no token
 */
record ChangePosition(
        @Nullable BsonDocument token, @Nullable BsonTimestamp start) {

    private static final String TOKEN = "token";
    private static final String START = "start";

    static ChangePosition of(BsonDocument token) {
        return new ChangePosition(token, null);
    }

    static ChangePosition from(BsonTimestamp start) {
        return new ChangePosition(null, start);
    }

    static ChangePosition decode(byte[] position) {
        try {
            BsonDocument document = BsonBytes.decode(position);
            if (document.get(TOKEN) instanceof BsonDocument token) {
                return of(token);
            }
            if (document.get(START) instanceof BsonTimestamp start) {
                return from(start);
            }
        } catch (BSONException malformed) {
            // Told below.
        }
        throw new DocrowsException(
                ErrorCode.SOURCE_HISTORY_LOST,
                "The stored position in the change stream is not one of MongoDB's. Load everything again, then follow.");
    }

    byte[] encode() {
        return BsonBytes.encode(token != null ? new BsonDocument(TOKEN, token) : new BsonDocument(START, start));
    }

    /**
     * The moment that a token is about. A token's string holds the fields of the change in the order in which they are
     * compared, and the first of them is the cluster time: a type byte 82 and 8 bytes, most significant first
     * (MongoDB's source, "ResumeTokenData"; what mongosh's {@code decodeResumeToken} shows). Every change up to this
     * moment comes before the token, but for those of the very same moment.
     *
     * @return the moment; null if the token has another form
     */
    static @Nullable BsonTimestamp time(BsonDocument token) {
        if (token.get("_data") instanceof BsonString data) {
            String hex = data.getValue();
            if (hex.length() >= 18 && hex.startsWith("82")) {
                try {
                    return new BsonTimestamp(Long.parseUnsignedLong(hex, 2, 18, 16));
                } catch (NumberFormatException anotherForm) {
                    return null;
                }
            }
        }
        return null;
    }
}
