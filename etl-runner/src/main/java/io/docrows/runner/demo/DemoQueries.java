package io.docrows.runner.demo;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.SKILLS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.listAggDistinct;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.round;
import static org.jooq.impl.DSL.sum;

import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.TextTable;
import java.math.BigDecimal;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A few questions to the loaded tables that show both relationships, each with its answer. */
public final class DemoQueries {

    private static final int ROWS = 5;
    private static final int POSTERS = 3;

    private final DSLContext jooq;

    /**
     * Questions to a target.
     *
     * @param target connections to it
     */
    public DemoQueries(DataSource target) {
        this.jooq = DSL.using(target, SQLDialect.POSTGRES);
    }

    /**
     * Asks all questions.
     *
     * @return questions and answers, lines that each end with a line feed
     */
    public String answers() {
        return "The skills most people have (users, users_skills, skills: many to many)\n"
                + format(skills())
                + "\nGigs by state (a PostgreSQL enum)\n"
                + format(states())
                + "\nWho posts most, and what they can do (gigs to users: many to one)\n"
                + format(posters());
    }

    private ResultQuery<?> skills() {
        Field<Integer> users = count().as("users");
        return jooq.select(SKILLS.NAME.as("skill"), users)
                .from(SKILLS)
                .join(USERS_SKILLS)
                .on(USERS_SKILLS.SKILL_ID.eq(SKILLS.ID))
                .groupBy(SKILLS.NAME)
                .orderBy(users.desc(), SKILLS.NAME)
                .limit(ROWS);
    }

    private ResultQuery<?> states() {
        return jooq.select(
                        GIGS.STATE.as("state"),
                        count().as("gigs"),
                        count(GIGS.POSTER_ID).as("with a poster"),
                        round(sum(GIGS.BUDGET), 2).as("budget"))
                .from(GIGS)
                .groupBy(GIGS.STATE)
                .orderBy(GIGS.STATE);
    }

    private ResultQuery<?> posters() {
        Field<Integer> gigs = countDistinct(GIGS.ID).as("gigs");
        return jooq.select(
                        min(USERS.NAME).as("user"),
                        gigs,
                        listAggDistinct(SKILLS.NAME, ", ")
                                .withinGroupOrderBy(SKILLS.NAME)
                                .as("skills"))
                .from(USERS)
                .join(GIGS)
                .on(GIGS.POSTER_ID.eq(USERS.ID))
                .join(USERS_SKILLS)
                .on(USERS_SKILLS.USER_ID.eq(USERS.ID))
                .join(SKILLS)
                .on(SKILLS.ID.eq(USERS_SKILLS.SKILL_ID))
                .groupBy(USERS.ID)
                .orderBy(gigs.desc(), USERS.ID)
                .limit(POSTERS);
    }

    private static String format(ResultQuery<?> query) {
        Result<?> result = query.fetch();
        TextTable table = new TextTable();
        for (Field<?> field : result.fields()) {
            if (Number.class.isAssignableFrom(field.getType())) {
                table.number(field.getName());
            } else {
                table.text(field.getName());
            }
        }
        for (Record row : result) {
            table.row(row.intoList().stream().map(DemoQueries::text).toList());
        }
        return table.format().indent(2);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Integer number) {
            return Numbers.count(number);
        }
        if (value instanceof BigDecimal amount) {
            return String.format(Locale.ROOT, "%,.2f", amount);
        }
        return value == null ? "" : value.toString();
    }
}
