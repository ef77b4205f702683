package io.docrows.cli.option;

import io.docrows.cli.config.Configured;
import io.docrows.cli.connection.KeyStores;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.program.Chosen;
import io.docrows.cli.program.RemoteFiles;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.file.FileSources;
import io.docrows.source.json.JsonOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where documents come from. */
public final class SourceOption implements SessionOption {

    private static final String SOURCE = "--source";
    private static final String VARIABLE = "DB_URL_MONGO";
    private static final String FILE = "--source-password-file";
    private static final String TRUST = "--source-trust-store";
    private static final String KEY = "--source-key-store";
    private static final String PASSWORD_FILE = "-password-file";
    private static final String JAVA_TRUST = "javax.net.ssl.trustStore";
    private static final String JAVA_KEY = "javax.net.ssl.keyStore";
    private static final String DATABASE = "--database";
    private static final String COLLECTION = "--source-collection";
    private static final String NUMBERS = "--number-documents";
    private static final String ID_FIELDS = "--id-fields";
    private static final String DUMP = "dump:";
    private static final String JSON = "json:";

    @Option(
            names = SOURCE,
            paramLabel = "URI",
            description = {
                "Where the documents are (environment: " + VARIABLE + "):",
                "  mongodb://USER:PASSWORD@HOST/DATABASE or mongodb+srv://...",
                "  PATH or dump:PATH, output of mongodump: a directory, a .bson or .bson.gz file, or an --archive file",
                "  PATH or json:PATH, output of mongoexport, or other JSON: a .json, .jsonl or .ndjson file, also with .gz,"
                        + " or a directory of such files",
                "  -, an archive, or the documents of one collection as BSON or JSON, on standard input",
                "  embedded, the sample documents on an embedded server"
            })
    @Nullable String source;

    @Option(
            names = FILE,
            paramLabel = "FILE",
            description = "A file whose first line is the password of the user in a MongoDB URI.")
    @Nullable Path passwordFile;

    @Option(
            names = TRUST,
            paramLabel = "FILE",
            description = "A Java key store with the certificates to trust for TLS to MongoDB.")
    @Nullable Path trustStore;

    @Option(
            names = TRUST + PASSWORD_FILE,
            paramLabel = "FILE",
            description = "A file whose first line is the password of that store.")
    @Nullable Path trustStorePassword;

    @Option(
            names = KEY,
            paramLabel = "FILE",
            description = "A Java key store with the client's certificate and key for MongoDB.")
    @Nullable Path keyStore;

    @Option(
            names = KEY + PASSWORD_FILE,
            paramLabel = "FILE",
            description = "A file whose first line is the password of that store.")
    @Nullable Path keyStorePassword;

    @Option(
            names = DATABASE,
            paramLabel = "NAME",
            description = "The database to read if a dump has several; a MongoDB URI names its own.")
    @Nullable String database;

    @Option(
            names = COLLECTION,
            paramLabel = "NAME",
            description = "The collection in a single file of JSON, or in JSON on standard input; the file's name by"
                    + " default.")
    @Nullable String collection;

    @Option(
            names = NUMBERS,
            description =
                    "For JSON documents without an _id: use the number of the line, or the document's number in an"
                            + " array, as _id.")
    boolean numbered;

    @Option(
            names = ID_FIELDS,
            split = ",",
            paramLabel = "NAME",
            description = "For JSON documents without an _id: make it from these fields, the value of one or a document"
                    + " of several. A document is then recognized again when its other fields have changed.")
    List<String> idFields = List.of();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    CommandSpec command;

    /** No source, until one is named. */
    public SourceOption() {}

    @Override
    public void check(Session session) {
        if (source != null && remoteFiles(path(source.strip())).isEmpty()) {
            SourceAddress address = SourceAddress.parse(source, session.directory(), database(source));
            address.secrets().forEach(session.secrets()::add);
            if (address instanceof SourceAddress.Dump dump) {
                requireSettingsOutside(dump.path());
            }
            if (address instanceof SourceAddress.Json json) {
                requireSettingsOutside(json.path());
            }
        }
    }

    /**
     * Where the documents are.
     *
     * @param session what the command takes from its process
     * @return the address, with its password
     * @throws DocrowsException {@code INVALID_OPTION} if there is none, or none that can be right
     */
    public SourceAddress address(Session session) {
        if (source == null || source.isBlank()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "no source was given; name it with --source or in the environment variable " + VARIABLE + "; write "
                            + SourceAddress.FORMS);
        }
        SourceAddress parsed = withFitting(parsed(source.strip(), session));
        parsed.secrets().forEach(session.secrets()::add);
        SourceAddress address = withStores(parsed, session);
        address = withPassword(address, session);
        address.secrets().forEach(session.secrets()::add);
        return address;
    }

    private SourceAddress parsed(String text, Session session) {
        Optional<RemoteFiles> files = remoteFiles(path(text));
        if (files.isEmpty()) {
            return SourceAddress.parse(text, session.directory(), database(text));
        }
        Path found = files.get().path(path(text));
        return text.startsWith(JSON)
                ? new SourceAddress.Json(found, JsonOptions.defaults())
                : new SourceAddress.Dump(found, Optional.ofNullable(database), JsonOptions.defaults());
    }

    private Optional<String> database(String text) {
        return Optional.ofNullable(database)
                .filter(name -> SourceAddress.takesDatabase(text) || !isForAnother(DATABASE));
    }

    /** With the options for what is there, which a file's name or contents may tell. */
    private SourceAddress withFitting(SourceAddress parsed) {
        if (parsed instanceof SourceAddress.Dump dump) {
            boolean asked = Stream.of(DATABASE, COLLECTION, NUMBERS, ID_FIELDS).anyMatch(this::isSetForAnother);
            Optional<Boolean> isJson = asked ? FileSources.isJson(dump.path()) : Optional.empty();
            Optional<String> wanted = dump.database().filter(name -> !isJson.orElse(false) || !isForAnother(DATABASE));
            JsonOptions json = json(isJson.orElse(true), Files.isDirectory(dump.path()));
            return new SourceAddress.Dump(dump.path(), wanted, json);
        }
        boolean takesJson = parsed instanceof SourceAddress.Json || parsed instanceof SourceAddress.StandardInput;
        JsonOptions json =
                json(takesJson, parsed instanceof SourceAddress.Json files && Files.isDirectory(files.path()));
        return json.equals(JsonOptions.defaults()) ? parsed : parsed.with(json);
    }

    /** What can find the file at an address, if that is not this machine's. */
    private Optional<RemoteFiles> remoteFiles(String address) {
        return ((Chosen) command.root().userObject()).program().files().filter(files -> files.include(address));
    }

    /** An address without the word before it that says what is there. */
    private static String path(String text) {
        return text.startsWith(DUMP) || text.startsWith(JSON) ? text.substring(text.indexOf(':') + 1) : text;
    }

    /**
     * How to read JSON.
     *
     * @param fits whether there may be some
     * @param directory whether the files there name their collections themselves
     */
    private JsonOptions json(boolean fits, boolean directory) {
        boolean named = collection != null && ((fits && !directory) || !isForAnother(COLLECTION));
        boolean counted = numbered && (fits || !isForAnother(NUMBERS));
        boolean made = !idFields.isEmpty() && (fits || !isForAnother(ID_FIELDS));
        if (counted && made) {
            // Two ways to make an _id: the one that was asked for nearer to the person.
            int order = Precedence.of(command, NUMBERS).compareTo(Precedence.of(command, ID_FIELDS));
            counted = order >= 0;
            made = order <= 0;
        }
        try {
            return new JsonOptions(
                    named ? Optional.ofNullable(collection) : Optional.empty(), counted, made ? idFields : List.of());
        } catch (IllegalArgumentException contradiction) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    ID_FIELDS + " and " + NUMBERS + ": " + contradiction.getMessage(),
                    contradiction);
        }
    }

    private boolean isSetForAnother(String option) {
        return Precedence.of(command, option) != Precedence.DEFAULT && isForAnother(option);
    }

    private boolean isForAnother(String option) {
        return Precedence.isForAnother(command, option, SOURCE);
    }

    /** Whoever made the source has no say in how it is read. */
    private void requireSettingsOutside(Path dump) {
        ((Configured) command.root().userObject())
                .configuration()
                .file()
                .filter(file -> isInside(file, dump))
                .ifPresent(file -> {
                    throw new DocrowsException(
                            ErrorCode.INVALID_OPTION,
                            "the settings in " + file.normalize() + " are inside the source " + dump.normalize()
                                    + ", and are not used; move the file, or run in another directory");
                });
    }

    private static boolean isInside(Path file, Path directory) {
        try {
            return file.toRealPath().startsWith(directory.toRealPath())
                    || file.toAbsolutePath()
                            .normalize()
                            .startsWith(directory.toAbsolutePath().normalize());
        } catch (IOException e) {
            // One of them is not there, which is said when it is opened.
            return false;
        }
    }

    /** Java reads these when it makes its first TLS context, which is when the source is opened. */
    private SourceAddress withStores(SourceAddress address, Session session) {
        Map<String, Path> given = new LinkedHashMap<>();
        put(given, TRUST, trustStore);
        put(given, TRUST + PASSWORD_FILE, trustStorePassword);
        put(given, KEY, keyStore);
        put(given, KEY + PASSWORD_FILE, keyStorePassword);
        boolean forAnother = given.keySet().stream().allMatch(this::isForAnother);
        if (!(address instanceof SourceAddress.Mongo mongo)) {
            if (!forAnother) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        TRUST + " and " + KEY + ": only valid with a MongoDB URI; leave them out");
            }
            return address;
        }
        if (forAnother && !mongo.usesTls()) {
            return mongo;
        }
        Map<String, String> properties = new LinkedHashMap<>();
        store(session, trustStore).ifPresent(file -> properties.put(JAVA_TRUST, file));
        store(session, keyStore).ifPresent(file -> properties.put(JAVA_KEY, file));
        PasswordFile.read(session, TRUST + PASSWORD_FILE, trustStorePassword)
                .ifPresent(password -> properties.put(JAVA_TRUST + "Password", password));
        PasswordFile.read(session, KEY + PASSWORD_FILE, keyStorePassword)
                .ifPresent(password -> properties.put(JAVA_KEY + "Password", password));
        KeyStores stores = new KeyStores(properties);
        stores.use();
        return mongo.with(stores);
    }

    private static void put(Map<String, Path> given, String option, @Nullable Path file) {
        if (file != null) {
            given.put(option, file);
        }
    }

    private static Optional<String> store(Session session, @Nullable Path file) {
        return Optional.ofNullable(file)
                .map(name -> session.directory().resolve(name).toString());
    }

    private SourceAddress withPassword(SourceAddress address, Session session) {
        if (passwordFile == null) {
            return address;
        }
        if (address instanceof SourceAddress.Mongo mongo && (mongo.hasUser() || !isForAnother(FILE))) {
            if (mongo.secret().isPresent() && !PasswordFile.overrides(command, FILE, SOURCE)) {
                return mongo;
            }
            return PasswordFile.read(session, FILE, passwordFile)
                    .map(mongo::withPassword)
                    .orElse(mongo);
        }
        if (!isForAnother(FILE)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, FILE + ": only valid with a MongoDB URI; leave it out");
        }
        return address;
    }
}
