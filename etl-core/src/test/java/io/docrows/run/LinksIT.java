package io.docrows.run;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.AUTHOR_AWARD;
import static io.docrows.testing.db.Tables.AWARD;
import static io.docrows.testing.db.Tables.BORDER;
import static io.docrows.testing.db.Tables.DISPATCH;
import static io.docrows.testing.db.Tables.EMPLOYEE;
import static io.docrows.testing.db.Tables.STATE;
import static io.docrows.testing.db.Tables.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.AuthorRecord;
import io.docrows.testing.db.tables.records.DispatchRecord;
import io.docrows.testing.db.tables.records.EmployeeRecord;
import io.docrows.testing.db.tables.records.StateRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of a join table whose lookup table is numbered by UUIDs, and whose index begins with the other column. */
final class LinksIT {

    private static final CollectionMapping<AuthorRecord> AUTHORS = CollectionMapping.of("authors", AUTHOR)
            .key(AUTHOR.MONGO_ID, id("_id"))
            .map(AUTHOR.NAME, string("name"))
            .manyToMany(
                    strings("awards"),
                    join(AUTHOR_AWARD, AUTHOR_AWARD.AUTHOR_ID, AUTHOR_AWARD.AWARD_ID)
                            .lookup(AWARD.NAME)
                            .insertMissing())
            .build();

    private static final String LINKS = "SELECT a.mongo_id, w.name FROM author a JOIN author_award x ON x.author_id ="
            + " a.id JOIN award w ON w.id = x.award_id ORDER BY 1, 2";

    private final Database database = Bookshop.database();

    private Counts run(BulkLoad bulkLoad, String... documents) {
        return Docrows.pipeline("links", AUTHORS)
                .source(new MemorySource().with("authors", documents))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad))
                .total();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void areComparedWithThoseOfTheDocument(BulkLoad bulkLoad) {
        String[] documents = {
            "{_id: 1, name: 'Ursula', awards: ['Nebula', 'Hugo', 'Locus', 'Nebula']}",
            "{_id: 2, name: 'Stanisław', awards: []}",
            "{_id: 3, name: 'Octavia', awards: ['Hugo']}"
        };
        assertThat(run(bulkLoad, documents)).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(database.rows(LINKS)).containsExactly("1|Hugo", "1|Locus", "1|Nebula", "3|Hugo");

        assertThat(run(bulkLoad, documents)).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));

        documents[0] = "{_id: 1, name: 'Ursula', awards: ['Hugo', 'Locus', 'World Fantasy']}";
        documents[1] = "{_id: 2, name: 'Stanisław', awards: ['Hugo']}";
        assertThat(run(bulkLoad, documents)).isEqualTo(new Counts(3, 0, 2, 1, 0, 0));
        assertThat(database.rows(LINKS)).containsExactly("1|Hugo", "1|Locus", "1|World Fantasy", "2|Hugo", "3|Hugo");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void areMendedWhenTheyWereLostOrAddedInTheTarget(BulkLoad bulkLoad) {
        String[] documents = {
            "{_id: 1, name: 'Ursula', awards: ['Hugo', 'Locus']}", "{_id: 2, name: 'Octavia', awards: ['Locus']}"
        };
        run(bulkLoad, documents);
        database.execute("DELETE FROM author_award WHERE author_id = (SELECT id FROM author WHERE mongo_id = '1')");
        database.execute("INSERT INTO author_award SELECT w.id, a.id FROM award w, author a WHERE w.name = 'Hugo' AND"
                + " a.mongo_id = '2'");

        assertThat(run(bulkLoad, documents)).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(database.rows(LINKS)).containsExactly("1|Hugo", "1|Locus", "2|Locus");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void toAValueThatAnotherConstraintOfTheLookupTableRefusesAreNotLeftOutInSilence(BulkLoad bulkLoad) {
        database.execute("CREATE UNIQUE INDEX award_any_case ON award (lower(name));"
                + " CREATE UNIQUE INDEX unit_any_case ON unit (lower(name))");
        assertThat(run(
                        bulkLoad,
                        "{_id: 1, name: 'Ursula', awards: ['Hugo', 'hugo']}",
                        "{_id: 2, name: 'Octavia', awards: ['Nebula']}"))
                .isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(database.rows(LINKS)).containsExactly("2|Nebula");

        CollectionMapping<DispatchRecord> dispatches = CollectionMapping.of("dispatches", DISPATCH)
                .key(DISPATCH.MONGO_ID, id("_id"))
                .lookup(DISPATCH.UNIT_ID, string("unit"), UNIT.NAME)
                .build();
        Docrows.pipeline("units", dispatches)
                .source(new MemorySource().with("dispatches", "{_id: 1, unit: 'kg'}", "{_id: 2, unit: 'KG'}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad));
        assertThat(database.rows("SELECT mongo_id, name FROM dispatch JOIN unit ON unit.id = unit_id ORDER BY 1"))
                .hasSize(1);
        assertThat(database.rows("SELECT collection, code, column_name FROM docrows.reject ORDER BY 1"))
                .containsExactly("authors|DUPLICATE_VALUE|-", "dispatches|DUPLICATE_VALUE|-");
    }

    /** The lookup's row went with the document, and must not be remembered beyond it. */
    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void leadToALookupRowThatWasFirstInsertedForADocumentThatIsRefused(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE author ADD CHECK (name <> 'nobody')");
        RunReport report = Docrows.pipeline("links", AUTHORS)
                .source(new MemorySource()
                        .with(
                                "authors",
                                "{_id: 1, name: 'Ursula', awards: ['Hugo']}",
                                "{_id: 2, name: 'nobody', awards: ['Nebula']}",
                                "{_id: 3, name: 'Octavia', awards: ['Nebula']}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad).batch(4, 1 << 20));

        assertThat(report.total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows(LINKS)).containsExactly("1|Hugo", "3|Nebula");
    }

    /** It is refused by the second mapping, and the first has no other document in the batch. */
    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void leadToALookupRowThatWasFirstInsertedForADocumentThatAnotherMappingRefuses(BulkLoad bulkLoad) {
        CollectionMapping<EmployeeRecord> employees = CollectionMapping.of("authors", EMPLOYEE)
                .key(EMPLOYEE.MONGO_ID, id("_id"))
                .build();
        database.execute("ALTER TABLE employee ADD CHECK (mongo_id <> '2')");
        RunReport report = Docrows.pipeline("links", AUTHORS, employees)
                .source(new MemorySource()
                        .with(
                                "authors",
                                "{_id: 2, name: 'Stanisław', awards: ['Nebula']}",
                                "{_id: 3, name: 'Octavia', awards: ['Nebula']}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad).batch(1, 1 << 20));

        assertThat(report.total()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(database.rows(LINKS)).containsExactly("3|Nebula");
    }

    private Counts states(MissingReference whenMissing, RunOptions options, String... documents) {
        CollectionMapping<StateRecord> states = CollectionMapping.of("states", STATE)
                .key(STATE.CODE, id("_id"))
                .map(STATE.NAME, string("name"))
                .manyToMany(
                        strings("borders").convert(String::toUpperCase),
                        join(BORDER, BORDER.STATE_CODE, BORDER.OTHER_CODE)
                                .lookup(STATE.CODE)
                                .whenMissing(whenMissing))
                .build();
        ConnectedPipeline pipeline = Docrows.pipeline("states", states)
                .source(new MemorySource().with("states", documents))
                .target(database.target());
        Counts counts = pipeline.run(options).total();
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections()).allMatch(one -> one.isAccountedFor());
        return counts;
    }

    private List<String> borders() {
        return database.rows("SELECT state_code, other_code FROM border ORDER BY 1, 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void ofATableWithItselfLeadToDocumentsThatComeLater(BulkLoad bulkLoad) {
        String[] documents = {
            "{_id: 'CL', borders: ['pe', 'ar', null, 'PE']}",
            "{_id: 'PE', borders: ['cl']}",
            "{_id: 'AR'}",
            "{_id: 'BO', borders: ['nowhere']}"
        };
        RunOptions options = RunOptions.defaults().batch(1, 1 << 20);

        assertThat(states(MissingReference.REJECT, options.bulkLoad(bulkLoad), documents))
                .isEqualTo(new Counts(4, 3, 0, 0, 1, 0));
        assertThat(borders()).containsExactly("CL|AR", "CL|PE", "PE|CL");
        assertThat(states(MissingReference.REJECT, options, documents)).isEqualTo(new Counts(4, 0, 0, 3, 1, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void toWhatIsNotThereAreLeftOutOrWait(BulkLoad bulkLoad) {
        String chile = "{_id: 'CL', borders: ['pe', 'bo']}";
        String peru = "{_id: 'PE'}";
        RunOptions options = RunOptions.defaults().bulkLoad(bulkLoad);

        assertThat(states(MissingReference.PENDING, options, peru, chile)).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(borders()).containsExactly("CL|PE");
        states(MissingReference.PENDING, options, "{_id: 'BO'}", peru, chile);
        assertThat(borders()).containsExactly("CL|BO", "CL|PE");

        database.execute("TRUNCATE state CASCADE");
        assertThat(states(MissingReference.SKIP, options, peru, chile)).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(borders()).containsExactly("CL|PE");
        assertThat(states(MissingReference.SKIP, options, peru, chile)).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"SKIP", "PENDING"})
    void toOneRowAreMadeOnceThoughElementsNameItInTwoWays(MissingReference whenMissing) {
        database.execute("CREATE EXTENSION IF NOT EXISTS citext; ALTER TABLE award ALTER name TYPE citext;"
                + " INSERT INTO award (name) VALUES ('Hugo')");
        CollectionMapping<AuthorRecord> authors = CollectionMapping.of("authors", AUTHOR)
                .key(AUTHOR.MONGO_ID, id("_id"))
                .map(AUTHOR.NAME, string("name"))
                .manyToMany(
                        strings("awards"),
                        join(AUTHOR_AWARD, AUTHOR_AWARD.AUTHOR_ID, AUTHOR_AWARD.AWARD_ID)
                                .lookup(AWARD.NAME)
                                .whenMissing(whenMissing))
                .build();
        ConnectedPipeline pipeline = Docrows.pipeline("links", authors)
                .source(new MemorySource()
                        .with("authors", "{_id: 1, name: 'U', awards: ['Hugo', 'Locus', 'HUGO', 'locus', 'hugo']}"))
                .target(database.target());

        assertThat(pipeline.plan(PlanOptions.defaults()).collections().get(0).counts())
                .isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(database.rows(LINKS)).containsExactly("1|Hugo");
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
        assertThat(database.rows("SELECT referenced_key FROM docrows.pending_element"))
                .hasSize(whenMissing == MissingReference.PENDING ? 1 : 0);
    }

    @Test
    void areNeverNullAndNotBothInsertedAndLeftOut() {
        assertThatThrownBy(() -> states(MissingReference.NULL, RunOptions.defaults()))
                .hasMessageContaining("border.other_code identifies a row of a join table");
        assertThatThrownBy(() -> CollectionMapping.of("authors", AUTHOR)
                        .key(AUTHOR.MONGO_ID, id("_id"))
                        .map(AUTHOR.NAME, string("name"))
                        .manyToMany(
                                strings("awards"),
                                join(AUTHOR_AWARD, AUTHOR_AWARD.AUTHOR_ID, AUTHOR_AWARD.AWARD_ID)
                                        .lookup(AWARD.NAME)
                                        .insertMissing()
                                        .whenMissing(MissingReference.SKIP))
                        .build())
                .hasMessageContaining("leave one of both out");
    }
}
