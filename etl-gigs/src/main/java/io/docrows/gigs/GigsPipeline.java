package io.docrows.gigs;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.SKILLS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;
import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.MissingReference.PENDING;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.enumeration;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.gigs.db.enums.GigState;
import io.docrows.gigs.db.tables.records.GigsRecord;
import io.docrows.gigs.db.tables.records.UsersRecord;
import io.docrows.mapping.CollectionMapping;

/**
 * The pipeline that carries the marketplace's collections {@code users} and {@code gigs} into the tables {@code users},
 * {@code skills}, {@code users_skills} and {@code gigs}. Stateless; what it makes is immutable and thread-safe.
 */
public final class GigsPipeline {

    /** The pipeline's name. */
    public static final String NAME = "gigs";

    /** Where Flyway finds the migrations that make the tables. */
    public static final String MIGRATIONS = "classpath:db/gigs";

    private GigsPipeline() {}

    /**
     * Both collections, still without source and target.
     *
     * @return the pipeline
     */
    public static Pipeline pipeline() {
        return Docrows.pipeline(NAME, users(), gigs());
    }

    /**
     * People and what they can do. A name is required; an e-mail address is one person's only; skills that the
     * reference list does not hold yet are added to it.
     *
     * @return the mapping of {@code users}
     */
    public static CollectionMapping<UsersRecord> users() {
        return CollectionMapping.of("users", USERS)
                .key(USERS.MONGO_ID, id("_id"))
                .map(USERS.CREATED, instant("created"))
                .map(USERS.UPDATED, instant("updated"))
                .map(USERS.NAME, string("name").convert(Text::straightenQuotes))
                .map(USERS.EMAIL, string("email").convert(Email::normalize))
                .manyToMany(
                        strings("skills").convert(Skill::clean).distinct(),
                        join(USERS_SKILLS, USERS_SKILLS.USER_ID, USERS_SKILLS.SKILL_ID)
                                .lookup(SKILLS.NAME)
                                .insertMissing())
                .build();
    }

    /**
     * Jobs on offer. A state is required; a poster who has not arrived yet is waited for; {@code upsert} is left
     * behind.
     *
     * @return the mapping of {@code gigs}
     */
    public static CollectionMapping<GigsRecord> gigs() {
        return CollectionMapping.of("gigs", GIGS)
                .key(GIGS.MONGO_ID, id("_id"))
                .map(GIGS.CREATED, instant("created"))
                .map(GIGS.UPDATED, instant("updated"))
                .map(GIGS.TITLE, string("title").convert(Text::straightenQuotes))
                .map(GIGS.DESCRIPTION, string("description").convert(Text::straightenQuotes))
                .map(GIGS.STATE, enumeration("state", GigState.class))
                .reference(GIGS.POSTER_ID, id("poster"), USERS.MONGO_ID, PENDING)
                .map(GIGS.BUDGET, decimal("budget"))
                .ignore("upsert")
                .build();
    }
}
