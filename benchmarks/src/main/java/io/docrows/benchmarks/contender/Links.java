package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which user has which skill, by the numbers of their rows; made equal to that in the table. Immutable. */
final class Links {

    private final List<Long> users = new ArrayList<>();
    private final List<Long> skills = new ArrayList<>();
    private final List<Long> owners = new ArrayList<>();

    private Links() {}

    static Links of(List<User> batch, Map<String, Long> userIds, Map<String, Long> skillIds) {
        Links links = new Links();
        for (User user : batch) {
            Long owner = Objects.requireNonNull(userIds.get(user.mongoId()), "a user was lost");
            links.owners.add(owner);
            for (String skill : user.skills()) {
                links.users.add(owner);
                links.skills.add(Objects.requireNonNull(skillIds.get(skill), "a skill was lost"));
            }
        }
        return links;
    }

    /** Deletes the rows of these users that are not among the links. */
    void deleteOthers(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM users_skills l WHERE l.user_id = ANY (?) AND NOT EXISTS (SELECT FROM"
                        + " unnest(?, ?) AS k (user_id, skill_id) WHERE k.user_id = l.user_id AND k.skill_id ="
                        + " l.skill_id)")) {
            delete.setArray(1, connection.createArrayOf("int8", owners.toArray()));
            delete.setArray(2, connection.createArrayOf("int8", users.toArray()));
            delete.setArray(3, connection.createArrayOf("int8", skills.toArray()));
            delete.executeUpdate();
        }
    }

    /** Inserts the links that are not there. */
    void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO users_skills (user_id, skill_id) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (int i = 0; i < users.size(); i++) {
                insert.setLong(1, users.get(i));
                insert.setLong(2, skills.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
