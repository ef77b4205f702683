package io.docrows.benchmarks.contender;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;

import io.docrows.benchmarks.data.Gig;
import io.docrows.benchmarks.data.User;
import io.docrows.gigs.db.enums.GigState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Users, links and gigs as values of the generated tables' columns. Stateless. */
final class JooqRows {

    static final List<Field<?>> USER = List.of(USERS.MONGO_ID, USERS.CREATED, USERS.UPDATED, USERS.NAME, USERS.EMAIL);

    static final List<Field<?>> LINK = List.of(USERS_SKILLS.USER_ID, USERS_SKILLS.SKILL_ID);

    static final List<Field<?>> GIG = List.of(
            GIGS.MONGO_ID,
            GIGS.CREATED,
            GIGS.UPDATED,
            GIGS.TITLE,
            GIGS.DESCRIPTION,
            GIGS.STATE,
            GIGS.BUDGET,
            GIGS.POSTER_ID);

    private JooqRows() {}

    static List<@Nullable Object[]> users(List<User> batch) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (User user : batch) {
            rows.add(
                    new @Nullable Object[] {user.mongoId(), user.created(), user.updated(), user.name(), user.email()});
        }
        return rows;
    }

    static List<@Nullable Object[]> links(List<Links.Link> links) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Links.Link link : links) {
            rows.add(new @Nullable Object[] {link.user(), link.skill()});
        }
        return rows;
    }

    static List<@Nullable Object[]> gigs(List<Gig> batch, Map<String, Long> posters) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Gig gig : batch) {
            rows.add(new @Nullable Object[] {
                gig.mongoId(),
                gig.created(),
                gig.updated(),
                gig.title(),
                gig.description(),
                GigState.lookupLiteral(gig.state()),
                gig.budget(),
                gig.poster() == null ? null : posters.get(gig.poster())
            });
        }
        return rows;
    }
}
