package io.docrows.source.mongo;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads connection strings without ever repeating one: the driver's messages quote what they do not understand. */
final class MongoUri {

    private static final String FORM = "mongodb://user:password@host:27017/database";

    private MongoUri() {}

    /**
     * Options of other drivers that name files. The Java driver passes over what it does not know, and the connection
     * would be another one than was asked for.
     */
    private static final Pattern TLS_FILE = Pattern.compile(
            "[?&](tlsCAFile|tlsCertificateKeyFile|tlsCRLFile|tlsCertificateKeyFilePassword)=", CASE_INSENSITIVE);

    static ConnectionString parse(String uri) {
        Matcher file = TLS_FILE.matcher(uri);
        if (file.find()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The MongoDB Java driver does not know the option " + file.group(1)
                            + ". Put certificates into a Java key store, and name it with the system properties"
                            + " javax.net.ssl.trustStore (whom to trust) and javax.net.ssl.keyStore (who this is).");
        }
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
                            + MongoPlace.hosts(uri)
                            + "/DATABASE; options follow it, as in /DATABASE?authSource=admin.");
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
