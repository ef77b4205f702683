package io.docrows.runner.option;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.runner.connection.SourceAddress;
import io.docrows.runner.session.Session;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where documents come from. */
public final class SourceOption implements SessionOption {

    private static final String VARIABLE = "DB_URL_MONGO";
    private static final String FILE = "--source-password-file";

    @Option(
            names = "--source",
            paramLabel = "URI",
            description = {
                "Where the documents are (environment: " + VARIABLE + "):",
                "  mongodb://USER:PASSWORD@HOST/DATABASE or mongodb+srv://...",
                "  PATH or dump:PATH, written by mongodump: a directory, a .bson or .bson.gz file, or an --archive file",
                "  -, an archive or the documents of one collection on standard input, as mongodump writes them",
                "  embedded, the sample documents on an embedded server"
            })
    @Nullable
    String source;

    @Option(
            names = FILE,
            paramLabel = "FILE",
            description = "A file whose first line is the password of the user in a MongoDB URI.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "The database to read, where a dump holds several; a MongoDB URI names its own.")
    @Nullable
    String database;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    CommandSpec command;

    /** No source, until one is named. */
    public SourceOption() {}

    @Override
    public void check(Session session) {
        if (source != null) {
            SourceAddress.parse(source, session.directory(), Optional.ofNullable(database))
                    .secret()
                    .ifPresent(session.secrets()::add);
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
                    "no source: name it with --source, or in the environment variable " + VARIABLE + "; write "
                            + SourceAddress.FORMS);
        }
        SourceAddress address = SourceAddress.parse(source, session.directory(), Optional.ofNullable(database));
        address.secret().ifPresent(session.secrets()::add);
        return PasswordFile.read(session, FILE, passwordFile)
                .map(password -> with(address, password, session))
                .orElse(address);
    }

    private SourceAddress with(SourceAddress address, String password, Session session) {
        if (!(address instanceof SourceAddress.Mongo mongo)) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, FILE + ": only a MongoDB URI takes a password");
        }
        if (mongo.secret().isPresent() && !PasswordFile.overrides(command, FILE, "--source")) {
            return mongo;
        }
        SourceAddress complete = mongo.withPassword(password);
        complete.secret().ifPresent(session.secrets()::add);
        return complete;
    }
}
