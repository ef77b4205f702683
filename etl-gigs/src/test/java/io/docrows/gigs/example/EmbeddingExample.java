package io.docrows.gigs.example;

import static io.docrows.gigs.db.Tables.*;
import static io.docrows.mapping.Values.*;

import io.docrows.Docrows;
import io.docrows.gigs.*;
import io.docrows.gigs.db.tables.records.UsersRecord;
import io.docrows.mapping.*;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.dump.DumpSource;
import java.nio.file.Path;
import javax.sql.DataSource;

public final class EmbeddingExample {
    static final CollectionMapping<UsersRecord> PEOPLE = CollectionMapping.of("users", USERS)
            .key(USERS.MONGO_ID, id("_id"))
            .map(USERS.CREATED, instant("created"))
            .map(USERS.UPDATED, instant("updated"))
            .map(USERS.NAME, string("name").convert(Text::straightenQuotes))
            .map(USERS.EMAIL, string("email").convert(Email::normalize))
            .manyToMany(
                    strings("skills").convert(Skill::clean).distinct(),
                    Join.join(USERS_SKILLS, USERS_SKILLS.USER_ID, USERS_SKILLS.SKILL_ID)
                            .lookup(SKILLS.NAME)
                            .insertMissing())
            .build();

    public static RunReport load(Path dump, DataSource target) {
        return Docrows.pipeline("gigs", PEOPLE, GigsPipeline.gigs())
                .source(DumpSource.open(dump))
                .target(target)
                .run(RunOptions.defaults());
    }
}
