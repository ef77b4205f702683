package io.docrows.runner.command;

import io.docrows.DocrowsException;
import io.docrows.ErrorCode;
import io.docrows.runner.connection.ServerAddress;
import io.docrows.runner.connection.TargetAddress;
import io.docrows.runner.session.Session;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where rows go. */
final class TargetOption implements SessionOption {

    private static final String VARIABLE = "DB_URL_PSQL";

    @Option(
            names = "--target",
            paramLabel = "URI",
            description = {
                "The PostgreSQL database (environment: " + VARIABLE
                        + ", and PGPASSWORD or PGPASSFILE for the password):",
                "  postgresql://USER:PASSWORD@HOST:PORT/DATABASE or jdbc:postgresql:...",
                "  embedded[:DIRECTORY], a PostgreSQL that runs as long as this command and keeps its data in DIRECTORY"
                        + " (default: " + TargetAddress.DEFAULT_DIRECTORY + ")"
            })
    @Nullable String target;

    @Override
    public void check(Session session) {
        if (target != null) {
            address(session);
        }
    }

    TargetAddress address(Session session) {
        String text = target != null ? target : session.variable(VARIABLE).orElse(null);
        if (text == null || text.isBlank()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "no target: name the PostgreSQL database with --target, or in the environment variable " + VARIABLE
                            + "; write " + TargetAddress.FORMS);
        }
        TargetAddress address = TargetAddress.parse(text, session.directory());
        if (address instanceof ServerAddress server) {
            address = server.orPassword(session.variable("PGPASSWORD"));
        }
        address.secret().ifPresent(session.secrets()::add);
        return address;
    }

    /** For commands that only look: an embedded target that is not there is not made. */
    TargetAddress existing(Session session) {
        TargetAddress address = address(session);
        if (address instanceof TargetAddress.Embedded embedded && !Files.isDirectory(embedded.directory())) {
            throw new DocrowsException(
                    ErrorCode.TARGET_UNAVAILABLE,
                    "there is no embedded PostgreSQL in " + embedded.directory()
                            + " yet; make one with ./etl demo or ./etl run --target embedded");
        }
        return address;
    }

    /** What to write behind a command so that it means the same target again; holds no secret. */
    String again(Session session) {
        if (target == null) {
            return "";
        }
        boolean isDefault = address(session) instanceof TargetAddress.Embedded embedded
                && embedded.directory().equals(session.directory().resolve(TargetAddress.DEFAULT_DIRECTORY));
        return isDefault ? " --target embedded" : " --target ...";
    }
}
