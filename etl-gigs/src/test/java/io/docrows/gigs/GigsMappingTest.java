package io.docrows.gigs;

import static io.docrows.gigs.Decoding.json;
import static io.docrows.gigs.Decoding.mapped;
import static io.docrows.gigs.Decoding.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.gigs.db.Tables;
import io.docrows.gigs.db.enums.GigState;
import io.docrows.gigs.db.tables.records.GigsRecord;
import io.docrows.gigs.samples.Bson;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.RejectedDocument;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GigsMappingTest {

    private static final CollectionMapping<GigsRecord> GIGS = GigsPipeline.gigs();

    @Test
    void everyFieldHasItsColumn() {
        GigsRecord row = mapped(GIGS, json("""
            {_id: {$oid: '5313354a5c1af00d422b0000'}, created: {$date: '2014-03-02T13:42:34.379Z'},
             updated: {$date: '2014-03-13T14:57:30.25Z'}, title: '“Untranslatable” dishes',
             description: 'It’s 18:00–23:00 ☕', state: 'in_progress', poster: 7, budget: {$numberDecimal: '1463.60'}}
            """)).record();

        assertThat(row.getMongoId()).contains("5313354a5c1af00d422b0000");
        assertThat(row.getCreated()).isEqualTo(Instant.parse("2014-03-02T13:42:34.379Z"));
        assertThat(row.getUpdated()).isEqualTo(Instant.parse("2014-03-13T14:57:30.250Z"));
        assertThat(row.getTitle()).isEqualTo("'Untranslatable' dishes");
        assertThat(row.getDescription()).isEqualTo("It's 18:00-23:00 ☕");
        assertThat(row.getState()).isEqualTo(GigState.in_progress);
        assertThat(row.getBudget()).isEqualByComparingTo("1463.6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{_id: 1, state: 'done'}",
                "{_id: 1, state: 'done', created: null, updated: null, title: null, description: null, poster: null,"
                        + " budget: null}"
            })
    void allButIdAndStateMayBeMissingOrNull(String document) {
        GigsRecord row = mapped(GIGS, json(document)).record();

        assertThat(row.getCreated()).isNull();
        assertThat(row.getUpdated()).isNull();
        assertThat(row.getTitle()).isNull();
        assertThat(row.getDescription()).isNull();
        assertThat(row.getBudget()).isNull();
        assertThat(poster(document)).isNull();
    }

    @ParameterizedTest
    @EnumSource(GigState.class)
    void everyStateOfTheTargetIsKnown(GigState state) {
        assertThat(mapped(GIGS, json("{_id: 1, state: '" + state.getLiteral() + "'}"))
                        .record()
                        .getState())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "120                          | 120",
                "79.5                         | 79.5",
                "0.1                          | 0.1",
                "-3                           | -3",
                "{$numberLong: '5000000000'}  | 5000000000",
                "{$numberDecimal: '12.30'}    | 12.30",
                "{$numberDecimal: '1.5E+3'}   | 1500",
                "{$numberDecimal: '0.000001'} | 0.000001"
            })
    void aBudgetMayBeOfAnyNumericType(String budget, BigDecimal expected) {
        assertThat(mapped(GIGS, json("{_id: 1, state: 'done', budget: " + budget + "}"))
                        .record()
                        .getBudget())
                .isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{_id: 1}                                        | MISSING_VALUE | state",
                "{_id: 1, state: null}                           | MISSING_VALUE | state",
                "{_id: 1, state: 'archived'}                     | INVALID_VALUE | state",
                "{_id: 1, state: 'DONE'}                         | INVALID_VALUE | state",
                "{_id: 1, state: ''}                             | INVALID_VALUE | state",
                "{_id: 1, state: 2}                              | TYPE_MISMATCH | state",
                "{state: 'done'}                                 | MISSING_VALUE | _id",
                "{_id: 1, state: 'done', title: 7}               | TYPE_MISMATCH | title",
                "{_id: 1, state: 'done', title: 'A\\u0000'}      | NUL_CHARACTER | title",
                "{_id: 1, state: 'done', description: true}      | TYPE_MISMATCH | description",
                "{_id: 1, state: 'done', created: 5}             | TYPE_MISMATCH | created",
                "{_id: 1, state: 'done', created: {$date: {$numberLong: '-9223372036854775808'}}} | OUT_OF_RANGE |"
                        + " created",
                "{_id: 1, state: 'done', budget: '120'}          | TYPE_MISMATCH | budget",
                "{_id: 1, state: 'done', budget: {$numberDouble: 'NaN'}}        | OUT_OF_RANGE | budget",
                "{_id: 1, state: 'done', budget: {$numberDouble: 'Infinity'}}   | OUT_OF_RANGE | budget",
                "{_id: 1, state: 'done', budget: {$numberDecimal: 'NaN'}}       | OUT_OF_RANGE | budget",
                "{_id: 1, state: 'done', budget: {$numberDecimal: '-Infinity'}} | OUT_OF_RANGE | budget"
            })
    void aDocumentThatBreaksARuleIsRejected(String document, RejectCode code, String path) {
        byte[] bson = Bson.encode(json(document));

        RejectedDocument<GigsRecord> rejected = rejected(GIGS, bson);

        assertThat(rejected.code()).isEqualTo(code);
        assertThat(rejected.path()).isEqualTo(path);
        assertThat(rejected.bson()).isSameAs(bson);
        assertThat(rejected.detail()).doesNotContain("archived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{$numberLong: '5000000033'}", "'member-0018'", "{$oid: '5311c1565c1af00d420a1000'}"})
    void aPosterIsKnownByTheSameTextAsTheUser(String id) {
        Object user = mapped(GigsPipeline.users(), json("{_id: " + id + ", name: 'A'}"))
                .key();

        assertThat(poster("{_id: 1, state: 'done', poster: " + id + "}")).isEqualTo(user);
    }

    @Test
    void aPosterWhoIsNotThereIsWaitedFor() {
        assertThat(GIGS.references()).singleElement().satisfies(reference -> {
            assertThat(reference.column().getName()).isEqualTo(Tables.GIGS.POSTER_ID.getName());
            assertThat(reference.whenMissing()).isEqualTo(MissingReference.PENDING);
        });
    }

    @Test
    void upsertIsLeftBehindAndOtherFieldsAreCounted() {
        Decoder<Decoded<GigsRecord>> decoder =
                CompiledMapping.decoder(GIGS, column -> ColumnType.of(column).orElseThrow());
        decoder.decode(Bson.encode(json("{_id: 1, state: 'done', upsert: true, __v: 0, tags: ['a']}")));

        assertThat(decoder.drift().unmappedFields()).isEqualTo(Map.of("__v", 1L, "tags", 1L));
    }

    private static @Nullable Object poster(String document) {
        return mapped(GIGS, json(document)).reference(Tables.GIGS.POSTER_ID);
    }
}
