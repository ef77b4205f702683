package io.docrows.internal.write;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;

/** The numbers of staged documents that statements return. */
final class DocumentNumbers {

    private DocumentNumbers() {}

    /** Those that a statement returns. */
    static BitSet of(Connection connection, String sql) throws SQLException {
        BitSet numbers = new BitSet();
        add(connection, sql, numbers);
        return numbers;
    }

    /** Adds those that a statement returns, one for each row; returns how many rows there are. */
    static long add(Connection connection, String sql, BitSet numbers) throws SQLException {
        long rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                numbers.set(found.getInt(1));
                rows++;
            }
        }
        return rows;
    }
}
