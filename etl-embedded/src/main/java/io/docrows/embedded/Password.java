package io.docrows.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The password of the superuser of one server. It is kept in a file of the form that PostgreSQL's own programs read
 * (documentation, section "The Password File"), which only its owner can open.
 */
final class Password {

    /** 128 bits: nobody guesses them, however cheap a guess is. */
    private static final int BYTES = 16;

    private static final Pattern LINE = Pattern.compile("\\*:\\*:\\*:postgres:([0-9a-f]{" + 2 * BYTES + "})\\R?");

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    static Password random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Password(HexFormat.of().formatHex(bytes));
    }

    /** Returns what a file holds: nothing when there is none, or when others may have read it. */
    static Optional<Password> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !OwnDirectory.isOwnersOnly(file)) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(Files.readString(file));
        return line.matches() ? Optional.of(new Password(line.group(1))) : Optional.empty();
    }

    /** Makes the file, or replaces it as a whole. */
    void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        OwnFile.create(part, "*:*:*:postgres:" + text + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the password: hexadecimal digits, so that it may stand anywhere as it is. */
    String text() {
        return text;
    }

    /** Says nothing of it. */
    @Override
    public String toString() {
        return "***";
    }
}
