package io.docrows.internal.postgres;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * How bookkeeping stores texts that are not the target's own (an {@code _id}, the names of fields, collections and
 * pipelines, reasons): every target must be able to hold them, whatever its encoding. Characters that the encoding
 * lacks are written as <code>&#92;uXXXX</code>, one for each UTF-16 unit, and so is a backslash that would be taken for
 * the beginning of that. Each text has one stored form and each stored form one text, so that what is looked up is
 * found. In UTF-8, and in {@code SQL_ASCII}, which takes any bytes, texts are stored as they are. Immutable.
 */
public final class StoredText {

    /** As they are. */
    public static final StoredText UNCHANGED = new StoredText(null, true);

    /** Characters of ASCII only: for encodings of several bytes, whose tables in Java are not quite PostgreSQL's. */
    private static final StoredText ASCII = new StoredText(StandardCharsets.US_ASCII, false);

    /**
     * Encodings of one byte that every Java has, and whose characters PostgreSQL has, too (PostgreSQL manual,
     * "Character Set Support"). In all others only ASCII is taken for sure.
     */
    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("WIN1250", "windows-1250"),
            Map.entry("WIN1251", "windows-1251"),
            Map.entry("WIN1252", "windows-1252"),
            Map.entry("WIN1253", "windows-1253"),
            Map.entry("WIN1254", "windows-1254"),
            Map.entry("WIN1257", "windows-1257"));

    private static final Map<String, StoredText> BY_ENCODING = new ConcurrentHashMap<>();

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private final @Nullable Charset charset;
    private final boolean unchanged;

    private StoredText(@Nullable Charset charset, boolean unchanged) {
        this.charset = charset;
        this.unchanged = unchanged;
    }

    /**
     * For the database at the other end of a connection.
     *
     * @param connection the connection; the driver knows the encoding without asking the server
     * @return how it stores texts
     * @throws SQLException if the encoding cannot be found out
     */
    public static StoredText of(Connection connection) throws SQLException {
        String encoding = connection.isWrapperFor(PGConnection.class)
                ? connection.unwrap(PGConnection.class).getParameterStatus("server_encoding")
                : null;
        return ofEncoding(encoding == null ? ask(connection) : encoding);
    }

    private static String ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * For databases of an encoding.
     *
     * @param encoding PostgreSQL's name of it
     * @return how they store texts
     */
    public static StoredText ofEncoding(String encoding) {
        return BY_ENCODING.computeIfAbsent(encoding, name -> {
            if (name.equals("UTF8") || name.equals("SQL_ASCII")) {
                return UNCHANGED;
            }
            String charset = CHARSETS.get(name);
            return charset == null || !Charset.isSupported(charset)
                    ? ASCII
                    : new StoredText(Charset.forName(charset), false);
        });
    }

    /**
     * The form in which a text is stored, and looked up.
     *
     * @param text any text
     * @return a text that the database can hold
     */
    public String stored(String text) {
        Charset holds = charset;
        if (unchanged || holds == null || isPlain(text)) {
            return text;
        }
        CharsetEncoder encoder = holds.newEncoder();
        StringBuilder stored = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Controls beyond ASCII are in Java's tables, but not in all of PostgreSQL's.
            boolean held = c < 0x80 ? !(c == '\\' && text.startsWith("u", i + 1)) : c >= 0xA0 && encoder.canEncode(c);
            if (held) {
                stored.append(c);
            } else {
                stored.append("\\u").append(String.format("%04x", (int) c));
            }
        }
        return stored.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80 && c != '\\');
    }

    /**
     * The text that was stored.
     *
     * @param stored its stored form
     * @return the text
     */
    public String text(String stored) {
        if (unchanged || stored.indexOf('\\') < 0) {
            return stored;
        }
        Matcher escape = ESCAPE.matcher(stored);
        return escape.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    /**
     * The stored form as an SQL literal.
     *
     * @param text any text
     * @return the literal with its quotes
     */
    public String literal(String text) {
        return Sql.literal(stored(text));
    }
}
