package io.docrows.internal.target;

import io.docrows.internal.column.TargetType;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jooq.DataType;
import org.jooq.EnumType;
import org.jooq.SQLDialect;
import org.jooq.impl.DefaultConfiguration;

/** The types that generated columns declare, as PostgreSQL knows them. Not thread-safe. */
final class DeclaredTypes {

    private static final long UNKNOWN = -1;

    private static final Set<Class<?>> WHOLE =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

    /** What jOOQ's own generator takes for a text. */
    private static final Set<String> LIKE_TEXT = Set.of("bit", "varbit", "name", "char");

    private static final DefaultConfiguration POSTGRES = postgres();

    private final Connection connection;
    private final Map<String, Long> numbers = new HashMap<>();

    DeclaredTypes(Connection connection) {
        this.connection = connection;
    }

    private static DefaultConfiguration postgres() {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES);
        return configuration;
    }

    /** Whether a column's type is what its generated class declares, length and precision aside. */
    boolean is(DataType<?> type, TargetType target) throws SQLException {
        DataType<?> elements = type.getArrayComponentDataType();
        if (elements != null) {
            // PostgreSQL has one array type, whatever the dimensions.
            return elements.getArrayComponentDataType() != null
                    ? is(elements, target)
                    : target.element() != null && is(elements, target.element());
        }
        Class<?> java = type.getType();
        String quoted = quotedName(type);
        if (!quoted.isEmpty()) {
            // An extension's types are in whichever schema it was installed in.
            return target.name().equals(quoted);
        }
        if (java == String.class) {
            // text, varchar, citext and domains over them are all sent as text.
            return target.category().equals("S") || (LIKE_TEXT.contains(target.name()) && target.is(target.name()));
        }
        return java == Object.class
                || (EnumType.class.isAssignableFrom(java) && target.category().equals("E"))
                || (WHOLE.contains(java) && target.is("numeric"))
                || (java == Long.class && target.is("oid"))
                || target.number() == numberOf(plainName(type));
    }

    /** The declared type for people. */
    String name(DataType<?> type) {
        return type.getCastTypeName(POSTGRES);
    }

    /** The name of a type that jOOQ itself has none for: generated classes have it in quotes, with its schema. */
    private static String quotedName(DataType<?> type) {
        String name = type.getTypeName();
        return name.endsWith("\"")
                ? name.substring(name.lastIndexOf('"', name.length() - 2) + 1, name.length() - 1)
                : "";
    }

    /** Without length, precision and scale, which to_regtype would take but a number does not show. */
    private static String plainName(DataType<?> type) {
        return type.getTypeName(POSTGRES).replaceAll("\\(.*?\\)", "");
    }

    private long numberOf(String type) throws SQLException {
        Long known = numbers.get(type);
        if (known != null) {
            return known;
        }
        try (PreparedStatement resolve = connection.prepareStatement("SELECT pg_catalog.to_regtype(?)::oid::int8")) {
            resolve.setString(1, type);
            try (ResultSet rows = resolve.executeQuery()) {
                rows.next();
                long number = rows.getLong(1);
                long found = rows.wasNull() ? UNKNOWN : number;
                numbers.put(type, found);
                return found;
            }
        }
    }
}
