package io.docrows.benchmarks.contender;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.SKILLS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;

import io.docrows.benchmarks.data.Gig;
import io.docrows.benchmarks.data.User;
import io.docrows.gigs.db.enums.GigState;
import io.docrows.gigs.db.tables.records.GigsRecord;
import io.docrows.gigs.db.tables.records.SkillsRecord;
import io.docrows.gigs.db.tables.records.UsersRecord;
import io.docrows.gigs.db.tables.records.UsersSkillsRecord;
import java.sql.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Takes one document after the other, as jobs on an object-relational mapper do: looks its row up, copies the fields,
 * lets the record store itself, then its links, and commits. Skills and recent posters are remembered.
 */
final class OrmLoopLoader implements Loader {

    private static final int POSTERS_REMEMBERED = 10_000;

    private final Map<String, Long> skills = new HashMap<>();
    private final Map<String, Long> posters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > POSTERS_REMEMBERED;
        }
    };

    @Override
    public Map<String, Long> load(Job job) throws Exception {
        try (Connection connection = job.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            Documents.users(job, 1, batch -> {
                save(sql, batch.get(0));
                connection.commit();
            });
            Documents.gigs(job, 1, batch -> {
                save(sql, batch.get(0));
                connection.commit();
            });
        }
        return Map.of();
    }

    private void save(DSLContext sql, User user) {
        UsersRecord row = sql.fetchOne(USERS, USERS.MONGO_ID.eq(user.mongoId()));
        boolean added = row == null;
        if (row == null) {
            row = sql.newRecord(USERS);
            row.setMongoId(user.mongoId());
        }
        row.setCreated(user.created());
        row.setUpdated(user.updated());
        row.setName(user.name());
        row.setEmail(user.email());
        row.store();
        Set<Long> former = added ? new HashSet<>() : links(sql, row.getId());
        for (String name : user.skills()) {
            Long skill = skills.computeIfAbsent(name, missing -> skill(sql, missing));
            if (!former.remove(skill)) {
                UsersSkillsRecord link = sql.newRecord(USERS_SKILLS);
                link.setUserId(row.getId());
                link.setSkillId(skill);
                link.store();
            }
        }
        for (Long forgotten : former) {
            sql.deleteFrom(USERS_SKILLS)
                    .where(USERS_SKILLS.USER_ID.eq(row.getId()), USERS_SKILLS.SKILL_ID.eq(forgotten))
                    .execute();
        }
    }

    private static Set<Long> links(DSLContext sql, Long user) {
        return new HashSet<>(sql.select(USERS_SKILLS.SKILL_ID)
                .from(USERS_SKILLS)
                .where(USERS_SKILLS.USER_ID.eq(user))
                .fetch(USERS_SKILLS.SKILL_ID));
    }

    private static Long skill(DSLContext sql, String name) {
        SkillsRecord row = sql.fetchOne(SKILLS, SKILLS.NAME.eq(name));
        if (row == null) {
            row = sql.newRecord(SKILLS);
            row.setName(name);
            row.store();
        }
        return row.getId();
    }

    private void save(DSLContext sql, Gig gig) {
        GigsRecord row = sql.fetchOne(GIGS, GIGS.MONGO_ID.eq(gig.mongoId()));
        if (row == null) {
            row = sql.newRecord(GIGS);
            row.setMongoId(gig.mongoId());
        }
        row.setCreated(gig.created());
        row.setUpdated(gig.updated());
        row.setTitle(gig.title());
        row.setDescription(gig.description());
        row.setState(GigState.lookupLiteral(gig.state()));
        row.setBudget(gig.budget());
        row.setPosterId(poster(sql, gig.poster()));
        row.store();
    }

    private @Nullable Long poster(DSLContext sql, @Nullable String mongoId) {
        if (mongoId == null) {
            return null;
        }
        return posters.computeIfAbsent(
                mongoId,
                missing -> sql.select(USERS.ID)
                        .from(USERS)
                        .where(USERS.MONGO_ID.eq(missing))
                        .fetchSingle(USERS.ID));
    }
}
