package io.docrows.gigs;

import static io.docrows.gigs.Decoding.json;
import static io.docrows.gigs.Decoding.mapped;
import static io.docrows.gigs.Decoding.rejected;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.gigs.db.tables.records.UsersRecord;
import io.docrows.gigs.samples.Bson;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.RejectedDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersMappingTest {

    private static final CollectionMapping<UsersRecord> USERS = GigsPipeline.users();

    @Test
    void everyFieldHasItsColumn() {
        UsersRecord row = mapped(USERS, json("""
            {_id: {$oid: '5311c1565c1af00d420a1000'}, created: {$date: '2014-03-01T11:15:34.973Z'},
             updated: {$date: '1969-12-31T23:59:59.999Z'}, name: 'Zoë O’Shea–Brandt 🧹', email: 'MAILTO:Zoe@Example.com'}
            """)).record();

        assertThat(row.getMongoId()).contains("5311c1565c1af00d420a1000");
        assertThat(row.getCreated()).isEqualTo(Instant.parse("2014-03-01T11:15:34.973Z"));
        assertThat(row.getUpdated()).isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
        assertThat(row.getName()).isEqualTo("Zoë O'Shea-Brandt 🧹");
        assertThat(row.getEmail()).isEqualTo("zoe@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{_id: 1, name: 'A'}",
                "{_id: 1, name: 'A', created: null, updated: null, email: null, skills: null}"
            })
    void allButIdAndNameMayBeMissingOrNull(String document) {
        UsersRecord row = mapped(USERS, json(document)).record();

        assertThat(row.getCreated()).isNull();
        assertThat(row.getUpdated()).isNull();
        assertThat(row.getEmail()).isNull();
        assertThat(skills(document)).isEmpty();
    }

    @Test
    void aBlankEmailBecomesNull() {
        assertThat(mapped(USERS, json("{_id: 1, name: 'A', email: '  '}"))
                        .record()
                        .getEmail())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{_id: 1}                                        | MISSING_VALUE | name",
                "{_id: 1, name: null}                            | MISSING_VALUE | name",
                "{name: 'A'}                                     | MISSING_VALUE | _id",
                "{_id: 1, name: 5}                               | TYPE_MISMATCH | name",
                "{_id: 1, name: ['A']}                           | TYPE_MISMATCH | name",
                "{_id: 1, name: 'A\\u0000'}                      | NUL_CHARACTER | name",
                "{_id: 1, name: 'A', email: 'write me!'}         | INVALID_VALUE | email",
                "{_id: 1, name: 'A', email: 7}                   | TYPE_MISMATCH | email",
                "{_id: 1, name: 'A', created: '2026-01-01'}      | TYPE_MISMATCH | created",
                "{_id: 1, name: 'A', updated: {$date: {$numberLong: '9224318016000000'}}} | OUT_OF_RANGE | updated",
                "{_id: 1, name: 'A', skills: 'Gardener'}         | TYPE_MISMATCH | skills",
                "{_id: 1, name: 'A', skills: {a: 'Gardener'}}    | TYPE_MISMATCH | skills",
                "{_id: 1, name: 'A', skills: ['Gardener', 7]}    | TYPE_MISMATCH | skills",
                "{_id: 1, name: 'A', skills: [['Gardener']]}     | TYPE_MISMATCH | skills",
                "{_id: 1, name: 'A', skills: ['Gar\\u0000den']}  | NUL_CHARACTER | skills"
            })
    void aDocumentThatBreaksARuleIsRejected(String document, RejectCode code, String path) {
        byte[] bson = Bson.encode(json(document));

        RejectedDocument<UsersRecord> rejected = rejected(USERS, bson);

        assertThat(rejected.code()).isEqualTo(code);
        assertThat(rejected.path()).startsWith(path);
        assertThat(rejected.bson()).isSameAs(bson);
        assertThat(rejected.detail()).doesNotContain("write me", "Gardener");
    }

    @Test
    void aFieldThatComesTwiceRejectsTheDocument() {
        byte[] bson = Bson.write(user -> {
            user.writeInt32("_id", 1);
            user.writeString("name", "A");
            user.writeString("name", "B");
        });

        assertThat(rejected(USERS, bson).code()).isEqualTo(RejectCode.DUPLICATE_FIELD);
    }

    @Test
    void skillsAreCleanedLikeText() {
        assertThat(skills("{_id: 1, name: 'A', skills: ['Make–up Artist', '“Lindy Hop” Teacher', ' Gardener ']}"))
                .containsExactly("Make-up Artist", "'Lindy Hop' Teacher", " Gardener ");
    }

    @Test
    void blankSkillsAreSkipped() {
        assertThat(skills("{_id: 1, name: 'A', skills: ['', 'Gardener', '  ', null, '\\t\\n']}"))
                .containsExactly("Gardener");
    }

    @Test
    void duplicatesCollapseAfterCleaning() {
        assertThat(skills("{_id: 1, name: 'A', skills: ['Ladies’ Tailor', 'Baker', \"Ladies' Tailor\", 'Baker',"
                        + " 'baker']}"))
                .containsExactly("Ladies' Tailor", "Baker", "baker");
    }

    @Test
    void fieldsThatNobodyKnowsAreCounted() {
        Decoder<Decoded<UsersRecord>> decoder =
                CompiledMapping.decoder(USERS, column -> ColumnType.of(column).orElseThrow());
        decoder.decode(Bson.encode(json("{_id: 1, name: 'A', __v: 0, _class: 'User'}")));
        decoder.decode(Bson.encode(json("{_id: 2, name: 'B', __v: 3}")));

        assertThat(decoder.drift().unmappedFields()).isEqualTo(Map.of("__v", 2L, "_class", 1L));
    }

    private static List<Object> skills(String document) {
        return List.copyOf(mapped(USERS, json(document)).links(USERS_SKILLS));
    }
}
