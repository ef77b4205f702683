package io.docrows.gigs.samples;

import static io.docrows.gigs.db.Tables.USERS_SKILLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.gigs.GigsPipeline;
import io.docrows.gigs.db.Tables;
import io.docrows.gigs.db.enums.GigState;
import io.docrows.gigs.db.tables.records.GigsRecord;
import io.docrows.gigs.db.tables.records.UsersRecord;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jooq.TableRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That the sample keeps what it is there for: everything loads, and every rule has something to repair. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CleanSampleTest {

    private final List<BsonDocument> users = UserDocuments.all();
    private final List<BsonDocument> gigs = GigDocuments.all(users);
    private final List<MappedDocument<UsersRecord>> userRows = mapped(GigsPipeline.users(), users);
    private final List<MappedDocument<GigsRecord>> gigRows = mapped(GigsPipeline.gigs(), gigs);

    @Test
    void allDocumentsAreMapped() {
        assertThat(userRows).hasSize(2_000);
        assertThat(gigRows).hasSize(5_000);
    }

    @Test
    void noIdAndNoEmailOccursTwice() {
        assertThat(userRows).extracting(MappedDocument::key).doesNotHaveDuplicates();
        assertThat(gigRows).extracting(MappedDocument::key).doesNotHaveDuplicates();
        assertThat(userRows.stream().map(user -> user.record().getEmail()).filter(Objects::nonNull))
                .doesNotHaveDuplicates();
    }

    @Test
    void threePostersAreNobody() {
        Set<Object> known = userRows.stream().map(MappedDocument::key).collect(Collectors.toSet());

        assertThat(gigRows.stream()
                        .map(gig -> gig.reference(Tables.GIGS.POSTER_ID))
                        .filter(poster -> poster != null && !known.contains(poster)))
                .hasSize(3);
    }

    @Test
    void idsAreOfSeveralTypes() {
        assertThat(types(users, "_id"))
                .containsOnly(BsonType.OBJECT_ID, BsonType.INT32, BsonType.INT64, BsonType.STRING);
        assertThat(types(gigs, "_id"))
                .containsOnly(BsonType.OBJECT_ID, BsonType.INT32, BsonType.INT64, BsonType.STRING);
        assertThat(types(gigs, "poster"))
                .containsOnly(
                        BsonType.OBJECT_ID,
                        BsonType.INT32,
                        BsonType.INT64,
                        BsonType.DOUBLE,
                        BsonType.STRING,
                        BsonType.NULL,
                        BsonType.END_OF_DOCUMENT);
    }

    @Test
    void emailsAreSpelledInEveryWay() {
        List<String> texts = texts(users, "email");

        assertThat(texts).contains("", "   ");
        assertThat(texts).anyMatch(text -> text.startsWith("mailto:")).anyMatch(text -> text.startsWith("MAILTO: "));
        assertThat(texts).anyMatch(text -> text.endsWith("\n")).anyMatch(text -> text.contains("@bücher."));
        assertThat(texts).anyMatch(text -> text.endsWith("@EXAMPLE.COM"));
        assertThat(types(users, "email")).contains(BsonType.NULL, BsonType.END_OF_DOCUMENT);
    }

    @Test
    void skillsAreListedInEveryWay() {
        assertThat(types(users, "skills")).containsOnly(BsonType.ARRAY, BsonType.NULL, BsonType.END_OF_DOCUMENT);
        assertThat(users)
                .anyMatch(user -> skills(user).contains(""))
                .anyMatch(user -> skills(user).contains("  "));
        assertThat(users)
                .anyMatch(user ->
                        new HashSet<>(skills(user)).size() < skills(user).size());
        assertThat(users).anyMatch(user -> skills(user).contains("Make–up Artist"));
        Set<Object> names = new TreeSet<>();
        userRows.forEach(user -> names.addAll(user.links(USERS_SKILLS)));
        assertThat(names)
                .contains("Make-up Artist", "Children's Entertainer", "'Lindy Hop' Teacher", "Plant Doctor 🌱");
    }

    @Test
    void textsHoldWhatIsRepairedAndWhatIsNot() {
        for (String mark : List.of("‘", "’", "“", "”", "–")) {
            assertThat(texts(users, "name")).as("names with %s", mark).anyMatch(text -> text.contains(mark));
            assertThat(texts(gigs, "description")).as("gigs with %s", mark).anyMatch(text -> text.contains(mark));
        }
        assertThat(texts(users, "name")).contains("陳大文", "Nuno 🎸 Reis", "أمينة الزهراء");
        assertThat(texts(gigs, "description")).anyMatch(text -> text.length() > 10_000);
    }

    @Test
    void gigsAreInEveryStateWithEveryKindOfBudget() {
        assertThat(gigRows).extracting(gig -> gig.record().getState()).containsAll(EnumSet.allOf(GigState.class));
        assertThat(types(gigs, "budget"))
                .containsOnly(
                        BsonType.DECIMAL128, BsonType.DOUBLE, BsonType.INT32, BsonType.NULL, BsonType.END_OF_DOCUMENT);
        assertThat(gigs).anyMatch(gig -> gig.containsKey("upsert")).anyMatch(gig -> !gig.containsKey("upsert"));
    }

    @Test
    void someDatesAreBeforeTheEpoch() {
        assertThat(userRows).anyMatch(user -> before(user.record().getCreated(), "1970-01-01T00:00:00Z"));
        assertThat(userRows).anyMatch(user -> before(user.record().getCreated(), "0001-01-02T00:00:00Z"));
        assertThat(gigRows).anyMatch(gig -> before(gig.record().getCreated(), "1970-01-01T00:00:00Z"));
    }

    private static boolean before(Instant time, String limit) {
        return time.isBefore(Instant.parse(limit));
    }

    private static Set<BsonType> types(List<BsonDocument> documents, String field) {
        return documents.stream()
                .map(document -> document.get(field))
                .map(value -> value == null ? BsonType.END_OF_DOCUMENT : value.getBsonType())
                .collect(Collectors.toSet());
    }

    private static List<String> texts(List<BsonDocument> documents, String field) {
        return documents.stream()
                .map(document -> document.get(field))
                .filter(value -> value != null && value.isString())
                .map(value -> value.asString().getValue())
                .toList();
    }

    private static List<String> skills(BsonDocument user) {
        BsonValue skills = user.get("skills");
        if (skills == null || !skills.isArray()) {
            return List.of();
        }
        return skills.asArray().stream()
                .filter(BsonValue::isString)
                .map(skill -> skill.asString().getValue())
                .toList();
    }

    private static <R extends TableRecord<R>> List<MappedDocument<R>> mapped(
            CollectionMapping<R> mapping, List<BsonDocument> documents) {
        return documents.stream()
                .map(document -> {
                    Decoded<R> decoded = mapping.decode(Bson.encode(document));
                    if (decoded instanceof MappedDocument<R> row) {
                        return row;
                    }
                    throw new AssertionError(decoded + ": " + document);
                })
                .toList();
    }
}
