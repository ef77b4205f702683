package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.json.JsonOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where documents come from. */
public sealed interface SourceAddress {

    /** What to write behind {@code --source}. */
    String FORMS =
            "mongodb://HOST/DATABASE, mongodb+srv://..., the path of a mongodump directory or file or of JSON, - or"
                    + " embedded";

    /**
     * The password that is part of this address.
     *
     * @return the password, if there is one
     */
    default Optional<String> secret() {
        return Optional.empty();
    }

    /**
     * Everything in this address that must not be printed: the password, tokens, passwords of keys and proxies.
     *
     * @return what must not be printed, in each form in which it may be met
     */
    default List<String> secrets() {
        return secret().stream().toList();
    }

    /**
     * Reads what was written behind {@code --source} or in {@code DB_URL_MONGO}.
     *
     * @param text the address
     * @param directory what a relative path is relative to
     * @param database the database to read, where a dump holds several
     * @return the address
     * @throws DocrowsException {@code INVALID_OPTION} if it is none; the message holds no part of the text that may be
     *     secret
     */
    static SourceAddress parse(String text, Path directory, Optional<String> database) {
        String address = text.strip();
        if (address.equals("-") || address.equals("dump:-")) {
            return new StandardInput(database);
        }
        if (address.startsWith("dump:")) {
            return new Dump(directory.resolve(address.substring("dump:".length())), database);
        }
        if (address.startsWith("json:")) {
            if (database.isPresent()) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION, "--database is for dumps; JSON names no database; leave it out");
            }
            if (address.equals("json:-")) {
                return new StandardInput(database);
            }
            return new Json(directory.resolve(address.substring("json:".length())), JsonOptions.defaults());
        }
        boolean mongo = isMongo(address);
        if (database.isPresent() && (mongo || address.equals("embedded"))) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--database is for dumps with several databases; put the name into the URI, after the host");
        }
        if (mongo) {
            return new Mongo(address);
        }
        if (address.equals("embedded")) {
            return new Samples();
        }
        if (Dump.URL.matcher(address).find() || looksLikeAddress(address, directory)) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "the source is not a valid address; write " + FORMS);
        }
        return new Dump(directory.resolve(address), database);
    }

    /**
     * Whether {@code --database} can go with what was written behind {@code --source}.
     *
     * @param text the address
     * @return false if it names its database itself, or has none
     */
    static boolean takesDatabase(String text) {
        String address = text.strip();
        return !isMongo(address) && !address.equals("embedded") && !address.startsWith("json:");
    }

    private static boolean isMongo(String address) {
        return address.startsWith("mongodb://") || address.startsWith("mongodb+srv://");
    }

    /** A mistyped address has its password in it, which a message about a path that is not there would show. */
    private static boolean looksLikeAddress(String text, Path directory) {
        return text.indexOf('@') > text.indexOf(':')
                && text.indexOf(':') >= 0
                && !Files.exists(directory.resolve(text));
    }

    /**
     * A MongoDB deployment.
     *
     * @param uri its connection string, with its secrets
     * @param stores the key stores for TLS to it
     */
    record Mongo(String uri, KeyStores stores) implements SourceAddress {

        private static final Pattern PASSWORD = Pattern.compile("://[^:/?]*:(.*)@");

        private static final Pattern TLS =
                Pattern.compile("^mongodb\\+srv:|[?&;](?:tls|ssl)=true(?:[&;]|$)", Pattern.CASE_INSENSITIVE);

        private static final Pattern USER = Pattern.compile("^(mongodb(?:\\+srv)?://[^:/?@]+)(?::.*)?@");

        /**
         * A deployment, with Java's own key stores.
         *
         * @param uri its connection string, with its secrets
         */
        public Mongo(String uri) {
            this(uri, KeyStores.NONE);
        }

        /**
         * The same deployment with a password that was given apart from it.
         *
         * @param password the password, as it is
         * @return an address with a password in place of the one it may have had
         * @throws DocrowsException {@code INVALID_OPTION} if the URI names no user
         */
        public Mongo withPassword(String password) {
            Matcher user = USER.matcher(uri);
            if (!user.find()) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "a password was given, but the MongoDB URI names no user; write mongodb://USER@HOST/DATABASE");
            }
            return new Mongo(
                    user.group(1) + ":" + PercentCoding.encode(password) + "@" + uri.substring(user.end()), stores);
        }

        /**
         * The same deployment with key stores.
         *
         * @param others the key stores
         * @return an address with these
         */
        public Mongo with(KeyStores others) {
            return new Mongo(uri, others);
        }

        /**
         * Whether it is reached with TLS.
         *
         * @return true if the URI says so
         */
        public boolean usesTls() {
            return TLS.matcher(uri).find();
        }

        /**
         * Whether a password can go with it.
         *
         * @return true if the URI names a user
         */
        public boolean hasUser() {
            return USER.matcher(uri).find();
        }

        @Override
        public Optional<String> secret() {
            Matcher matcher = PASSWORD.matcher(uri);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        @Override
        public List<String> secrets() {
            return Stream.concat(secret().stream().flatMap(MongoSecrets::forms), MongoSecrets.ofParameters(uri))
                    .distinct()
                    .toList();
        }

        @Override
        public String toString() {
            return "MongoDB";
        }
    }

    /**
     * The same documents, read in another way.
     *
     * @param options how to read JSON
     * @return an address with these options
     * @throws DocrowsException {@code INVALID_OPTION} if there is no JSON at this address, whatever it holds
     */
    default SourceAddress with(JsonOptions options) {
        throw new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "--source-collection, --id-fields and --number-documents are for JSON; leave them out, or name a"
                        + " file as the source");
    }

    /**
     * What mongodump wrote, or JSON, as its names and contents tell.
     *
     * @param path a directory or file
     * @param database the database to read, where there are several
     * @param json how to read it if it is JSON
     */
    record Dump(Path path, Optional<String> database, JsonOptions json) implements SourceAddress {

        private static final Pattern URL = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+://");

        Dump(Path path, Optional<String> database) {
            this(path, database, JsonOptions.defaults());
        }

        @Override
        public SourceAddress with(JsonOptions options) {
            return new Dump(path, database, options);
        }
    }

    /**
     * JSON, also where a dump is beside it.
     *
     * @param path a directory or file
     * @param json how to read it
     */
    record Json(Path path, JsonOptions json) implements SourceAddress {

        @Override
        public SourceAddress with(JsonOptions options) {
            return new Json(path, options);
        }
    }

    /**
     * What mongodump or mongoexport writes to this process.
     *
     * @param database the database to read, where there are several
     * @param json how to read it if it is JSON
     */
    record StandardInput(Optional<String> database, JsonOptions json) implements SourceAddress {

        /** What messages call it. */
        static final String LABEL = "-";

        StandardInput(Optional<String> database) {
            this(database, JsonOptions.defaults());
        }

        @Override
        public SourceAddress with(JsonOptions options) {
            return new StandardInput(database, options);
        }
    }

    /** The sample documents, served by an embedded MongoDB-compatible server. */
    record Samples() implements SourceAddress {}
}
