package io.docrows.gigs;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.SKILLS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;

import io.docrows.gigs.db.tables.records.GigsRecord;
import io.docrows.gigs.db.tables.records.UsersRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What a load left in the target, as the tests ask for it. */
final class Target {

    private final DSLContext jooq;

    Target(DataSource dataSource) {
        jooq = DSL.using(dataSource, SQLDialect.POSTGRES);
    }

    UsersRecord user(String mongoId) {
        return jooq.selectFrom(USERS).where(USERS.MONGO_ID.eq(mongoId)).fetchSingle();
    }

    GigsRecord gig(String mongoId) {
        return jooq.selectFrom(GIGS).where(GIGS.MONGO_ID.eq(mongoId)).fetchSingle();
    }

    boolean hasUser(String mongoId) {
        return jooq.fetchExists(USERS, USERS.MONGO_ID.eq(mongoId));
    }

    int count(Table<?> table) {
        return jooq.fetchCount(table);
    }

    /** The {@code mongo_id} of a gig's poster. */
    @Nullable String poster(String mongoId) {
        return jooq.select(USERS.MONGO_ID)
                .from(GIGS)
                .leftJoin(USERS)
                .on(USERS.ID.eq(GIGS.POSTER_ID))
                .where(GIGS.MONGO_ID.eq(mongoId))
                .fetchSingle(USERS.MONGO_ID);
    }

    Set<String> skills(String mongoId) {
        return new TreeSet<>(jooq.select(SKILLS.NAME)
                .from(USERS)
                .join(USERS_SKILLS)
                .on(USERS_SKILLS.USER_ID.eq(USERS.ID))
                .join(SKILLS)
                .on(SKILLS.ID.eq(USERS_SKILLS.SKILL_ID))
                .where(USERS.MONGO_ID.eq(mongoId))
                .fetch(SKILLS.NAME));
    }

    /** Where every row version is and who wrote it: equal only if nothing was written between. */
    List<String> rowVersions() {
        return List.of(USERS, SKILLS, USERS_SKILLS, GIGS).stream()
                .flatMap(table -> jooq
                        .select(DSL.concat(
                                DSL.inline(table.getName()), DSL.field("' ' || ctid || ' ' || xmin", String.class)))
                        .from(table)
                        .fetch()
                        .stream()
                        .map(row -> row.value1()))
                .sorted()
                .toList();
    }

    /** The rejects of a collection as {@code CODE bytes}, sorted. */
    List<String> rejects(String collection) {
        return jooq
                .fetch("SELECT code, document FROM docrows.reject WHERE collection = {0}", DSL.val(collection))
                .stream()
                .map(row -> reject(row.get(0, String.class), row.get(1, byte[].class)))
                .sorted()
                .toList();
    }

    /** One reject in the form of {@link #rejects}. */
    static String reject(String code, byte[] document) {
        return code + " " + HexFormat.of().formatHex(document);
    }
}
