package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where rows go: a PostgreSQL server somewhere, or one that is embedded in this process. */
public sealed interface TargetAddress permits ServerAddress, TargetAddress.Embedded {

    /** What to write behind {@code --target}. */
    String FORMS = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, jdbc:postgresql:..., or embedded[:DIRECTORY]";

    /** Where an embedded PostgreSQL keeps its data when no directory is named. */
    String DEFAULT_DIRECTORY = ".etl/postgres";

    /**
     * Where this is, in one line for people.
     *
     * @return the description; holds no secret
     */
    String description();

    /**
     * The passwords that are part of this address: of the user, of the key of a client certificate.
     *
     * @return what must not be printed
     */
    List<String> secrets();

    /**
     * Reads what was written behind {@code --target} or in {@code DB_URL_PSQL}.
     *
     * @param text the address
     * @param directory what a relative directory is relative to
     * @return the address
     * @throws DocrowsException {@code INVALID_OPTION} if it is none; the message holds no part of the text that may be
     *     secret
     */
    static TargetAddress parse(String text, Path directory) {
        return parse(text, directory, Surroundings.NONE);
    }

    /**
     * Reads the same, and takes what the address leaves out from its surroundings.
     *
     * @param text the address
     * @param directory what a relative directory is relative to
     * @param around environment variables and files of PostgreSQL's own
     * @return the address
     * @throws DocrowsException {@code INVALID_OPTION} if it is none, or one of those variables or files is of no use;
     *     the message holds no part of them that may be secret
     */
    static TargetAddress parse(String text, Path directory, Surroundings around) {
        String address = text.strip();
        if (address.equals("embedded") || address.equals("embedded:")) {
            return new Embedded(directory.resolve(DEFAULT_DIRECTORY));
        }
        if (address.startsWith("embedded:")) {
            return new Embedded(directory.resolve(address.substring("embedded:".length())));
        }
        if (address.startsWith("postgresql://") || address.startsWith("postgres://")) {
            return ServerAddressParser.libpq(address, around);
        }
        if (address.startsWith("jdbc:postgresql:")) {
            return ServerAddressParser.jdbc(address, around);
        }
        throw new DocrowsException(ErrorCode.INVALID_OPTION, "the target is not a valid address; write " + FORMS);
    }

    /**
     * Whether a text begins as such an address does; it may be wrong all the same.
     *
     * @param text what was written
     * @return false if it is something else, such as a path
     */
    static boolean isOne(String text) {
        String address = text.strip();
        return address.equals("embedded")
                || Stream.of("embedded:", "postgresql://", "postgres://", "jdbc:postgresql:")
                        .anyMatch(address::startsWith);
    }

    /**
     * A PostgreSQL server that runs as long as the command does and keeps its data in a directory.
     *
     * @param directory the data directory
     */
    record Embedded(Path directory) implements TargetAddress {

        @Override
        public String description() {
            return "embedded PostgreSQL in " + directory;
        }

        @Override
        public List<String> secrets() {
            return List.of();
        }
    }
}
