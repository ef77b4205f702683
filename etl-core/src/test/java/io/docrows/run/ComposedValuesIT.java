package io.docrows.run;

import static io.docrows.mapping.Values.combine;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.document;
import static io.docrows.mapping.Values.firstOf;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.rest;
import static io.docrows.mapping.Values.size;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.WIDE;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.WideRecord;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Values of several fields, and what writers store instead, from documents into rows and back to proof. */
final class ComposedValuesIT {

    private static final CollectionMapping<WideRecord> PEOPLE = CollectionMapping.of("people", WIDE)
            .key(WIDE.MONGO_ID, id("_id"))
            .map(WIDE.A_TEXT, firstOf(string("email"), string("contact", "mail").emptyAsNull()))
            .map(WIDE.A_CITEXT, combine(string("first"), string("last"), (first, last) -> first + " " + last))
            .map(WIDE.A_VARCHAR, string("phones").orScalar().at(-1))
            .map(WIDE.AN_INTEGER, size("phones"))
            .map(WIDE.A_DEFAULT, constant("web"))
            .map(WIDE.A_NUMERIC, decimal("balance").orText())
            .map(
                    WIDE.A_TIMESTAMPTZ,
                    instant("seen").orText(ISO_OFFSET_DATE_TIME).orEpochMillis())
            .map(WIDE.A_DATE, date(ZoneId.of("America/New_York"), "born").orArray())
            .reference(WIDE.PARENT_ID, firstOf(id("parent").orDbRef("people"), id("sponsor")), WIDE.MONGO_ID)
            .map(WIDE.A_JSONB, rest().plain())
            .ignorePath("contact", "verified")
            .build();

    private static final String[] DOCUMENTS = {
        "{_id: 1, email: 'a@x', contact: {mail: 'b@x', verified: true, fax: '5'}, first: 'Ada', last: 'L', phones: [1, 'x23'],"
                + " balance: '1.50', seen: '2024-03-10T01:02:03+01:00', born: {$date: '1970-01-01T05:00:00Z'}, n: 1.0}",
        "{_id: 2, contact: {mail: 'b@x'}, first: 'B', last: 'C', balance: {$numberDecimal: '1E+2'},"
                + " seen: {$numberLong: '1710028923000'}, born: [1970, 1, 1], parent: {$ref: 'people', $id: 1}}",
        "{_id: 3, contact: {mail: ''}, phones: [], sponsor: 2}",
        "{_id: 4, first: 'no', last: 'body'}"
    };

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource().with("people", DOCUMENTS);
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("people", PEOPLE).source(source).target(database.target());

    @Test
    void rowsAreWhatTheMappingSaysAndStaySo() {
        database.execute("ALTER TABLE wide ADD CONSTRAINT somebody CHECK (a_citext <> 'no body')");

        RunReport report = pipeline.run(RunOptions.defaults());

        assertThat(report.total()).isEqualTo(new Counts(4, 3, 0, 0, 1, 0));
        assertThat(database.rows("SELECT mongo_id, a_text, a_citext, a_varchar, an_integer, a_default, a_numeric,"
                        + " a_timestamptz AT TIME ZONE 'UTC', a_date,"
                        + " (SELECT p.mongo_id FROM wide p WHERE p.id = w.parent_id), a_jsonb"
                        + " FROM wide w ORDER BY 1"))
                .containsExactly(
                        "1|a@x|Ada L|x23|2|web|1.50|2024-03-10 00:02:03|1970-01-01|-|"
                                + "{\"n\": 1, \"phones\": [1, \"x23\"], \"contact\": {\"fax\": \"5\"}}",
                        "2|b@x|B C|-|-|web|100|2024-03-10 00:02:03|1970-01-01|1|{}",
                        "3|-|-|-|0|web|-|-|-|2|{\"phones\": []}");
        assertThat(database.rows("SELECT code, path, column_name FROM docrows.reject"))
                .containsExactly("CONSTRAINT_VIOLATION|first, last|public.wide.a_citext");
        assertThat(report.collections().get(0).policyUses())
                .containsExactlyInAnyOrder(
                        new PolicyUse("balance", "public.wide.a_numeric", LossPolicy.OR_TEXT, 1),
                        new PolicyUse("seen", "public.wide.a_timestamptz", LossPolicy.OR_TEXT, 1),
                        new PolicyUse("seen", "public.wide.a_timestamptz", LossPolicy.OR_EPOCH_MILLIS, 1),
                        new PolicyUse("born", "public.wide.a_date", LossPolicy.OR_ARRAY, 1),
                        new PolicyUse("contact.mail", "public.wide.a_text", LossPolicy.EMPTY_AS_NULL, 1),
                        new PolicyUse("parent", "public.wide.parent_id", LossPolicy.OR_DB_REF, 1));
        assertThat(report.collections().get(0).drift().unmappedFields()).isEmpty();

        source.with("people", DOCUMENTS[0], DOCUMENTS[1], DOCUMENTS[2]);
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        source.with("people", DOCUMENTS);
        String before = versions();
        assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(4, 0, 0, 3, 1, 0));
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aChangeOfWhatIsNotMappedIsAChangeOfTheRest() {
        pipeline.run(RunOptions.defaults());
        source.with("people", DOCUMENTS[0], DOCUMENTS[1].replace("first: 'B'", "first: 'B', new: [1]"), DOCUMENTS[2]);

        assertThat(pipeline.plan(PlanOptions.defaults()).collections().get(0).counts())
                .returns(1L, counts -> counts.updated())
                .returns(2L, counts -> counts.unchanged());
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isFalse();
        assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(3, 0, 1, 2, 0, 0));
        assertThat(database.rows("SELECT a_jsonb FROM wide WHERE mongo_id = '2'"))
                .containsExactly("{\"new\": [1]}");
    }

    @Test
    void rowsWithAKeyOfSeveralFieldsAreFoundAgainAndDeleted() {
        ConnectedPipeline shops = Docrows.pipeline(
                        "shops",
                        CollectionMapping.of("people", WIDE)
                                .key(
                                        WIDE.MONGO_ID,
                                        combine(
                                                firstOf(string("shop"), constant("main")),
                                                int32("order", "nr"),
                                                (shop, nr) -> shop + "/" + nr))
                                .map(WIDE.A_JSONB, document())
                                .build())
                .source(source)
                .target(database.target());
        source.with(
                "people",
                "{_id: 1, shop: 'a', order: {nr: 1}}",
                "{_id: 2, order: {nr: 1}}",
                "{_id: 3, order: {nr: 2}}",
                "{_id: 4, shop: 'main', order: {nr: 2}}");
        assertThat(shops.run(RunOptions.defaults()).total()).isEqualTo(new Counts(4, 3, 0, 0, 1, 0));
        assertThat(database.rows("SELECT code, path FROM docrows.reject"))
                .containsExactly("DUPLICATE_KEY|shop, order.nr");
        source.with("people", "{_id: 1, shop: 'a', order: {nr: 1}}", "{_id: 3, order: {nr: 2}}");

        RunReport report =
                shops.run(RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("90%")));

        assertThat(report.total().unchanged()).isEqualTo(2);
        assertThat(database.rows("SELECT mongo_id, a_jsonb FROM wide ORDER BY 1"))
                .containsExactly(
                        "a/1|{\"_id\": 1, \"shop\": \"a\", \"order\": {\"nr\": 1}}",
                        "main/2|{\"_id\": 3, \"order\": {\"nr\": 2}}");
    }

    @Test
    void documentsWhoseKeysAreTheSameOnlyWhenReadLenientlyDoNotShareARow() {
        ConnectedPipeline coded = Docrows.pipeline(
                        "coded",
                        CollectionMapping.of("people", WIDE)
                                .key(WIDE.MONGO_ID, string("_id").orScalar())
                                .map(WIDE.A_JSONB, document())
                                .build())
                .source(source)
                .target(database.target());
        source.with("people", "{_id: 501}", "{_id: '501'}", "{_id: '00501'}");

        assertThat(coded.run(RunOptions.defaults()).total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT mongo_id, a_jsonb FROM wide ORDER BY 1"))
                .containsExactly("00501|{\"_id\": \"00501\"}", "501|{\"_id\": 501}");
        assertThat(coded.run(RunOptions.defaults()).total()).isEqualTo(new Counts(3, 0, 0, 2, 1, 0));
    }

    private String versions() {
        return database.rows("SELECT mongo_id, xmin, ctid FROM wide ORDER BY mongo_id")
                .toString();
    }
}
