package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Gig;
import io.docrows.benchmarks.data.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks up the numbers that rows have, many at a time. Not thread-safe. */
final class Keys {

    private final Connection connection;
    private final Map<String, Long> skills = new HashMap<>();

    Keys(Connection connection) {
        this.connection = connection;
    }

    /** The ids of users by {@code mongo_id}; those that are not there are left out. */
    Map<String, Long> users(Collection<String> mongoIds) throws SQLException {
        return query("SELECT mongo_id, id FROM users WHERE mongo_id = ANY (?)", mongoIds);
    }

    /** The ids of skills by name, kept for the next time; those that are missing are inserted. */
    Map<String, Long> skills(Collection<String> names) throws SQLException {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(skills.keySet());
        if (!unknown.isEmpty()) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO skills (name) SELECT n FROM unnest(?) n WHERE NOT EXISTS"
                            + " (SELECT FROM skills s WHERE s.name = n) ON CONFLICT DO NOTHING")) {
                insert.setArray(1, connection.createArrayOf("text", unknown.toArray()));
                insert.executeUpdate();
            }
            skills.putAll(query("SELECT name, id FROM skills WHERE name = ANY (?)", unknown));
        }
        return skills;
    }

    /** The links of users that are there already, their skills looked up. */
    Links links(List<User> batch) throws SQLException {
        Map<String, Long> users = users(batch.stream().map(User::mongoId).toList());
        Set<String> names =
                batch.stream().flatMap(user -> user.skills().stream()).collect(Collectors.toSet());
        return Links.of(batch, users, skills(names));
    }

    /** The ids of the users who posted gigs, by {@code mongo_id}. */
    Map<String, Long> posters(List<Gig> batch) throws SQLException {
        return users(batch.stream().map(Gig::poster).filter(Objects::nonNull).collect(Collectors.toSet()));
    }

    private Map<String, Long> query(String sql, Collection<String> keys) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return ids;
    }
}
