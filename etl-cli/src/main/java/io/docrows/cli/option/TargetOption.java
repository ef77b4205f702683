package io.docrows.cli.option;

import io.docrows.cli.connection.ServerAddress;
import io.docrows.cli.connection.Surroundings;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where rows go. */
public final class TargetOption implements SessionOption {

    private static final String TARGET = "--target";
    private static final String VARIABLE = "DB_URL_PSQL";
    private static final String FILE = "--target-password-file";
    private static final String KEY_FILE = "--target-key-password-file";

    @Option(
            names = TARGET,
            paramLabel = "URI",
            description = {
                "The PostgreSQL database (environment: " + VARIABLE
                        + "; a password in it, or from --target-password-file, PGPASSWORD or PGPASSFILE):",
                "  postgresql://USER:PASSWORD@HOST:PORT/DATABASE or jdbc:postgresql:...",
                "  embedded[:DIRECTORY], a PostgreSQL that runs as long as this command and keeps its data in DIRECTORY"
                        + " (default: " + TargetAddress.DEFAULT_DIRECTORY + ")"
            })
    @Nullable String target;

    @Option(
            names = FILE,
            paramLabel = "FILE",
            description = "A file whose first line is the password of the target's user.")
    @Nullable Path passwordFile;

    @Option(
            names = KEY_FILE,
            paramLabel = "FILE",
            description =
                    "A file whose first line is the password of the key that sslkey in the target's address names.")
    @Nullable Path keyPasswordFile;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    CommandSpec command;

    /** No target, until one is named. */
    public TargetOption() {}

    @Override
    public void check(Session session) {
        if (target != null) {
            TargetAddress.parse(target, session.directory()).secrets().forEach(session.secrets()::add);
        }
    }

    /**
     * Where the rows go.
     *
     * @param session what the command takes from its process
     * @return the address, with its password
     * @throws DocrowsException {@code INVALID_OPTION} if there is none, or none that can be right
     */
    public TargetAddress address(Session session) {
        if (target == null || target.isBlank()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "no target was given; name the PostgreSQL database with --target or in the environment variable "
                            + VARIABLE + "; write " + TargetAddress.FORMS);
        }
        TargetAddress address = TargetAddress.parse(target, session.directory(), Surroundings.of(session::variable));
        address.secrets().forEach(session.secrets()::add);
        if (address instanceof ServerAddress server) {
            address = server(session, server);
        } else {
            refuse(FILE, passwordFile);
            refuse(KEY_FILE, keyPasswordFile);
        }
        address.secrets().forEach(session.secrets()::add);
        return address;
    }

    private void refuse(String option, @Nullable Path file) {
        if (file != null && !Precedence.isForAnother(command, option, TARGET)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, option + ": an embedded target takes no password; leave it out");
        }
    }

    private ServerAddress server(Session session, ServerAddress given) {
        boolean key = given.mayUseKey() || !Precedence.isForAnother(command, KEY_FILE, TARGET);
        ServerAddress address = PasswordFile.read(session, KEY_FILE, key ? keyPasswordFile : null)
                .map(given::withKeyPassword)
                .orElse(given);
        boolean wanted =
                passwordFile != null && (address.password().isEmpty() || PasswordFile.overrides(command, FILE, TARGET));
        return PasswordFile.read(session, FILE, wanted ? passwordFile : null)
                .map(address::withPassword)
                .orElseGet(() -> address.orPassword(session.variable(ServerAddress.PASSWORD_VARIABLE)));
    }

    /**
     * Where the rows are, for commands that only look: an embedded target that is not there is not made.
     *
     * @param session what the command takes from its process
     * @return the address, with its password
     * @throws DocrowsException {@code TARGET_UNAVAILABLE} if it is embedded and not there; {@code INVALID_OPTION} if
     *     there is none, or none that can be right
     */
    public TargetAddress existing(Session session) {
        TargetAddress address = address(session);
        if (address instanceof TargetAddress.Embedded embedded && !Files.isDirectory(embedded.directory())) {
            throw new DocrowsException(
                    ErrorCode.TARGET_UNAVAILABLE,
                    "no embedded PostgreSQL exists in " + embedded.directory()
                            + " yet; create one with ./etl demo or ./etl run --target embedded");
        }
        return address;
    }

    /**
     * What to write behind a command so that it means the same target again.
     *
     * @param session what the command takes from its process
     * @return an option without a secret, or nothing
     */
    public String again(Session session) {
        if (target == null || Precedence.of(command, TARGET) != Precedence.COMMAND_LINE) {
            return "";
        }
        boolean isDefault = address(session) instanceof TargetAddress.Embedded embedded
                && embedded.directory().equals(session.directory().resolve(TargetAddress.DEFAULT_DIRECTORY));
        return isDefault ? " --target embedded" : " --target ...";
    }
}
