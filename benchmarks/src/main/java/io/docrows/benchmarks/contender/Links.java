package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which users have which skills. Immutable.
 *
 * @param owners the users concerned, those without skills included
 * @param links their links
 */
record Links(List<Long> owners, List<Links.Link> links) {

    /** A row of the join table, by the numbers of the rows it joins. */
    record Link(long user, long skill) {}

    Links {
        owners = List.copyOf(owners);
        links = List.copyOf(links);
    }

    /** Resolves names; the maps must hold every one. */
    static Links of(List<User> batch, Map<String, Long> userIds, Map<String, Long> skillIds) {
        List<Long> owners = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (User user : batch) {
            Long owner = Objects.requireNonNull(userIds.get(user.mongoId()), "a user was lost");
            owners.add(owner);
            for (String skill : user.skills()) {
                links.add(new Link(owner, Objects.requireNonNull(skillIds.get(skill), "a skill was lost")));
            }
        }
        return new Links(owners, links);
    }

    /** Deletes the rows of these users that are not among the links. */
    void deleteOthers(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM users_skills l WHERE l.user_id = ANY (?) AND NOT EXISTS (SELECT FROM"
                        + " unnest(?, ?) AS k (user_id, skill_id) WHERE k.user_id = l.user_id AND k.skill_id ="
                        + " l.skill_id)")) {
            delete.setArray(1, connection.createArrayOf("int8", owners.toArray()));
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", links.stream().map(Link::user).toArray()));
            delete.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", links.stream().map(Link::skill).toArray()));
            delete.executeUpdate();
        }
    }

    /** Inserts the links that are not there. */
    void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO users_skills (user_id, skill_id) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (Link link : links) {
                insert.setLong(1, link.user());
                insert.setLong(2, link.skill());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
