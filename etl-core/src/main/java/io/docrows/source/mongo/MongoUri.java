package io.docrows.source.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import io.docrows.DocrowsException;
import io.docrows.ErrorCode;

/** Reads connection strings without ever repeating one: the driver's messages quote what they do not understand. */
final class MongoUri {

    private static final String FORM = "mongodb://user:password@host:27017/database";

    private MongoUri() {}

    static ConnectionString parse(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        } catch (MongoException lookup) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The MongoDB connection string's host cannot be looked up in the DNS. Check the name behind"
                            + " mongodb+srv://, the network and the DNS server.",
                    RedactedCause.of(lookup));
        }
    }

    static String database(ConnectionString uri) {
        String database = uri.getDatabase();
        if (database == null || database.isEmpty()) {
            String scheme = uri.isSrvProtocol() ? "mongodb+srv://" : "mongodb://";
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The MongoDB connection string names no database. Write it behind the host, as in " + scheme
                            + MongoPlace.hosts(uri) + "/gigs; options follow it, as in /gigs?authSource=admin.");
        }
        try {
            MongoNamespace.checkDatabaseNameValidity(database);
        } catch (IllegalArgumentException notAName) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The MongoDB connection string names a database that cannot exist. Check what stands between the"
                            + " host and the question mark.");
        }
        return database;
    }

    static DocrowsException invalid() {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The MongoDB connection string is not valid. Write it as " + FORM
                        + ", or with mongodb+srv:// and no port; percent-encode the characters : / ? # [ ] @ % in user"
                        + " and password, and check the names of the options.");
    }
}
