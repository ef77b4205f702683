package io.docrows.cli.option;

import io.docrows.cli.config.Configured;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.program.Chosen;
import io.docrows.cli.program.RemoteFiles;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.json.JsonOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where documents come from. */
public final class SourceOption implements SessionOption {

    private static final String VARIABLE = "DB_URL_MONGO";
    private static final String FILE = "--source-password-file";
    private static final String TRUST = "--source-trust-store";
    private static final String KEY = "--source-key-store";
    private static final String PASSWORD_FILE = "-password-file";
    private static final String DUMP = "dump:";
    private static final String JSON = "json:";

    @Option(
            names = "--source",
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
            names = "--database",
            paramLabel = "NAME",
            description = "The database to read if a dump has several; a MongoDB URI names its own.")
    @Nullable String database;

    @Option(
            names = "--source-collection",
            paramLabel = "NAME",
            description = "The collection in a single file of JSON, or in JSON on standard input; the file's name by"
                    + " default.")
    @Nullable String collection;

    @Option(
            names = "--number-documents",
            description =
                    "For JSON documents without an _id: use the number of the line, or the document's number in an"
                            + " array, as _id.")
    boolean numbered;

    @Option(
            names = "--id-fields",
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
            SourceAddress address = SourceAddress.parse(source, session.directory(), Optional.ofNullable(database));
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
        SourceAddress parsed = parsed(source.strip(), session);
        parsed.secrets().forEach(session.secrets()::add);
        JsonOptions json = json();
        SourceAddress address = json.equals(JsonOptions.defaults()) ? parsed : parsed.with(json);
        stores(session, address);
        return PasswordFile.read(session, FILE, passwordFile)
                .map(password -> with(address, password, session))
                .orElse(address);
    }

    private SourceAddress parsed(String text, Session session) {
        Optional<RemoteFiles> files = remoteFiles(path(text));
        if (files.isEmpty()) {
            return SourceAddress.parse(text, session.directory(), Optional.ofNullable(database));
        }
        Path found = files.get().path(path(text));
        return text.startsWith(JSON)
                ? new SourceAddress.Json(found, JsonOptions.defaults())
                : new SourceAddress.Dump(found, Optional.ofNullable(database), JsonOptions.defaults());
    }

    /** What can find the file at an address, if that is not this machine's. */
    private Optional<RemoteFiles> remoteFiles(String address) {
        return ((Chosen) command.root().userObject()).program().files().filter(files -> files.include(address));
    }

    /** An address without the word before it that says what is there. */
    private static String path(String text) {
        return text.startsWith(DUMP) || text.startsWith(JSON) ? text.substring(text.indexOf(':') + 1) : text;
    }

    private JsonOptions json() {
        try {
            return new JsonOptions(Optional.ofNullable(collection), numbered, idFields);
        } catch (IllegalArgumentException contradiction) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--id-fields and --number-documents: " + contradiction.getMessage(),
                    contradiction);
        }
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
    private void stores(Session session, SourceAddress address) {
        if (trustStore == null && trustStorePassword == null && keyStore == null && keyStorePassword == null) {
            return;
        }
        if (!(address instanceof SourceAddress.Mongo)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    TRUST + " and " + KEY + ": only valid with a MongoDB URI; leave them out");
        }
        store(session, "trustStore", trustStore);
        store(session, "keyStore", keyStore);
        password(session, TRUST, "trustStore", trustStorePassword);
        password(session, KEY, "keyStore", keyStorePassword);
    }

    private static void store(Session session, String name, @Nullable Path file) {
        if (file != null) {
            System.setProperty(
                    "javax.net.ssl." + name, session.directory().resolve(file).toString());
        }
    }

    private static void password(Session session, String option, String name, @Nullable Path file) {
        PasswordFile.read(session, option + PASSWORD_FILE, file)
                .ifPresent(password -> System.setProperty("javax.net.ssl." + name + "Password", password));
    }

    private SourceAddress with(SourceAddress address, String password, Session session) {
        if (!(address instanceof SourceAddress.Mongo mongo)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, FILE + ": only valid with a MongoDB URI; leave it out");
        }
        if (mongo.secret().isPresent() && !PasswordFile.overrides(command, FILE, "--source")) {
            return mongo;
        }
        SourceAddress complete = mongo.withPassword(password);
        complete.secrets().forEach(session.secrets()::add);
        return complete;
    }
}
