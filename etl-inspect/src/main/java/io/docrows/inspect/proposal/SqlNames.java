package io.docrows.inspect.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of tables and columns as PostgreSQL likes them: lower case, with underscores, at most 63 bytes. */
public final class SqlNames {

    /** NAMEDATALEN - 1 of PostgreSQL as it is built everywhere. */
    public static final int LONGEST = 63;

    private SqlNames() {}

    /**
     * The name for a path.
     *
     * @param names the names of a path; brackets and braces are left out
     * @return such as {@code shipping_zip_code}
     */
    public static String of(List<String> names) {
        String name = names.stream()
                .filter(one -> !one.equals("[]") && !one.equals("{}"))
                .map(SqlNames::snake)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("_"));
        if (name.isEmpty()) {
            name = "value";
        }
        if (Character.isDigit(name.charAt(0))) {
            name = "n" + name;
        }
        return cut(name);
    }

    /**
     * The name for one name.
     *
     * @param name a field or a collection
     * @return the name in lower case, words parted by underscores, without what is no letter or digit
     */
    public static String snake(String name) {
        return name.replaceAll("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})", "_")
                .replaceAll("(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", "_")
                .replaceAll("[^\\p{L}\\p{Nd}]+", "_")
                .replaceAll("^_+|_+$", "")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * A name that is not too long.
     *
     * @param name any name
     * @return the name, or its beginning with a few digits that tell it from others
     */
    public static String cut(String name) {
        if (name.getBytes(UTF_8).length <= LONGEST) {
            return name;
        }
        String mark = "_" + String.format(Locale.ROOT, "%08x", name.hashCode());
        int end = 0;
        int bytes = 0;
        while (bytes <= LONGEST - mark.length()) {
            int character = name.codePointAt(end);
            bytes += bytes(character);
            if (bytes <= LONGEST - mark.length()) {
                end += Character.charCount(character);
            }
        }
        return name.substring(0, end) + mark;
    }

    /** How many bytes of UTF-8 a character takes; half a pair becomes a question mark. */
    private static int bytes(int character) {
        if (character < 0x80 || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            return 1;
        }
        return character < 0x800 ? 2 : character < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }
}
