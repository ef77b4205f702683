package io.docrows.cli.schema;

import io.docrows.cli.connection.AddressOption;
import io.docrows.cli.connection.ServerAddress;
import io.docrows.cli.connection.Surroundings;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.session.Session;
import io.docrows.embedded.EmbeddedServerException;
import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.scaffold.ExistingSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** A schema that somebody has made: in a database, or by migrations. */
public final class SchemaOfOthers {

    private SchemaOfOthers() {}

    /**
     * Checks a place, before anything is read.
     *
     * @param place a database's address, or a directory of migrations
     * @param session what the command takes from its process; is told the secrets in the address
     * @throws DocrowsException {@code INVALID_OPTION} if it is neither
     */
    public static void check(String place, Session session) {
        if (!Files.isDirectory(session.directory().resolve(place))) {
            address(place, session);
        }
    }

    private static TargetAddress address(String place, Session session) {
        TargetAddress address = written(place, session);
        return address instanceof ServerAddress server
                ? server.orPassword(session.variable(ServerAddress.PASSWORD_VARIABLE))
                : address;
    }

    /** As it stands there, without a password that comes from elsewhere. */
    private static TargetAddress written(String place, Session session) {
        if (!TargetAddress.isOne(place)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--schema: neither a directory of migrations nor the address of a database; write "
                            + TargetAddress.FORMS);
        }
        TargetAddress address;
        try {
            address = TargetAddress.parse(place, session.directory(), Surroundings.of(session::variable));
        } catch (DocrowsException e) {
            throw new DocrowsException(e.code(), "--schema: " + e.getMessage(), e);
        }
        address.secrets().forEach(session.secrets()::add);
        return address;
    }

    /**
     * What to write behind {@code --target}, from any directory, for the database that has the schema.
     *
     * @param place a database's address, or a directory of migrations
     * @param session what the command takes from its process
     * @return the address, without a password; empty if it is a directory
     */
    public static Optional<String> target(String place, Session session) {
        if (Files.isDirectory(session.directory().resolve(place))) {
            return Optional.empty();
        }
        TargetAddress address = written(place, session);
        if (address instanceof TargetAddress.Embedded embedded) {
            return Optional.of("embedded:" + embedded.directory());
        }
        return Optional.of(address.secrets().isEmpty() ? place : "postgresql://...");
    }

    /**
     * Reads a schema.
     *
     * @param place a database's address, or a directory of migrations, which an embedded PostgreSQL applies
     * @param session what the command takes from its process
     * @return what is there
     * @throws DocrowsException {@code INVALID_OPTION} if it is neither; {@code TARGET_UNAVAILABLE} if the database
     *     cannot be reached; {@code TARGET_FAILED} if a migration fails, or tables like these cannot be made
     */
    public static ExistingSchema read(String place, Session session) {
        Path directory = session.directory().resolve(place).normalize();
        if (Files.isDirectory(directory)) {
            return migrated(directory);
        }
        TargetAddress address = address(place, session);
        try (TargetDatabase target = TargetDatabase.open(address, 1, AddressOption.SCHEMA);
                Connection connection = target.dataSource().getConnection()) {
            return tried(ExistingSchema.read(connection, Optional.empty()), address);
        } catch (SQLException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_UNAVAILABLE, "the tables of " + address.description() + " cannot be read", e);
        }
    }

    /** As the project's build will make them: what cannot be built is not written. */
    private static ExistingSchema tried(ExistingSchema schema, TargetAddress address) {
        try (PostgresServer server = PostgresServer.temporary();
                Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(schema.definition().orElse(""));
            return schema;
        } catch (EmbeddedServerException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_UNAVAILABLE, "--schema: the embedded PostgreSQL does not start", e);
        } catch (SQLException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED,
                    "--schema: tables like those of " + address.description()
                            + " cannot be made on an empty PostgreSQL, as the project's build does: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + ". Name a directory with their migrations instead",
                    e);
        }
    }

    private static ExistingSchema migrated(Path directory) {
        Map<String, String> migrations = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (List<Path>) files.filter(Files::isRegularFile).toList()) {
                migrations.put(directory.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--schema: cannot read the migrations in " + directory + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
        try (PostgresServer server = PostgresServer.temporary();
                Connection connection = server.dataSource().getConnection()) {
            Flyway.configure()
                    .dataSource(server.dataSource())
                    .locations("filesystem:" + directory)
                    .load()
                    .migrate();
            return ExistingSchema.read(connection, Optional.of(migrations));
        } catch (FlywayException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED,
                    "--schema: the migrations in " + directory + " fail on an empty PostgreSQL: "
                            + String.valueOf(e.getMessage())
                                    .strip()
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    e);
        } catch (EmbeddedServerException | SQLException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_UNAVAILABLE, "--schema: the embedded PostgreSQL does not start", e);
        }
    }
}
