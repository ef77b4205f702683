package io.docrows.cli.option;

import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A file whose first line is a password, as orchestrators of containers mount them. Their mounts are often readable by
 * everybody within the container, so that such a file is warned of and not refused.
 */
final class PasswordFile {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

    private PasswordFile() {}

    /**
     * Reads the password, and has it masked from now on.
     *
     * @param option the option that named the file, for messages
     * @param file the file, or null if the option was not given
     * @throws DocrowsException {@code INVALID_OPTION} if there is no password in it
     */
    static Optional<String> read(Session session, String option, @Nullable Path file) {
        if (file == null) {
            return Optional.empty();
        }
        Path path = session.directory().resolve(file);
        String password = firstLine(option, path);
        if (password == null || password.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    option + ": the first line of " + path + " is empty; write the password there");
        }
        session.secrets().add(password);
        warnIfOthersMayRead(option, path);
        return Optional.of(password);
    }

    /**
     * Whether the password in a file goes before that in a URI: if the file was named nearer to the person.
     *
     * @param command the command that has both options
     * @param file the option that names the file
     * @param uri the option with the URI
     * @throws DocrowsException {@code INVALID_OPTION} if both stand in the same place
     */
    static boolean overrides(CommandSpec command, String file, String uri) {
        int order = Precedence.of(command, file).compareTo(Precedence.of(command, uri));
        if (order == 0) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, uri + " already has a password; remove it, or leave out " + file);
        }
        return order > 0;
    }

    private static @Nullable String firstLine(String option, Path path) {
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            return reader.readLine();
        } catch (NoSuchFileException e) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, option + ": there is no file " + path, e);
        } catch (CharacterCodingException e) {
            // Its cause would be of no help, and the message of a decoder may show what it met.
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    option + ": " + path + " is not UTF-8 text; write the password there in UTF-8");
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    option + ": " + path + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static void warnIfOthersMayRead(String option, Path path) {
        try {
            if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn(
                        "{}: every user of this machine can read {}; chmod 600 makes it readable by its owner only",
                        option,
                        path);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // No file system with such permissions: nothing to say about them.
        }
    }
}
