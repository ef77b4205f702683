package io.docrows.run;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What PostgreSQL finds wrong is told with the path and the column, wherever its message allows. */
@Tag("long")
final class FaultPlacesIT {

    private static final CollectionMapping<WideRecord> THINGS = CollectionMapping.of("things", WIDE)
            .key(WIDE.MONGO_ID, id("_id"))
            .map(WIDE.A_TEXT, string("in", "text"))
            .map(WIDE.A_VARCHAR, string("short"))
            .map(WIDE.A_PRICE, decimal("price"))
            .reference(WIDE.PARENT_ID, id("parent"), WIDE.MONGO_ID)
            .manyToMany(
                    strings("tags"),
                    join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID)
                            .lookup(TAG.NAME)
                            .insertMissing())
            .build();

    private final MemorySource source = new MemorySource();

    private CollectionReport run(Database database, CollectionMapping<?> mapping, BulkLoad how) {
        ConnectedPipeline pipeline =
                Docrows.pipeline("things", mapping).source(source).target(database.target());
        return pipeline.run(RunOptions.defaults().bulkLoad(how)).collections().get(0);
    }

    private static List<String> rejects(Database database) {
        return database.rows("SELECT document_key, code, path, column_name FROM docrows.reject ORDER BY 1");
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "ALWAYS"})
    void aCharacterThatTheEncodingOfTheTargetLacksIsToldWithPathAndColumn(BulkLoad how) {
        Database database = Bookshop.database("LATIN1");
        source.with(
                "things",
                "{_id: 1, in: {text: 'caf\u00e9'}, tags: ['\u00fc']}",
                "{_id: 2, in: {text: '5 \u20ac'}}",
                "{_id: 3, short: '\u20ac'}",
                "{_id: 4, tags: ['a', '\u20ac']}",
                "{_id: 5, parent: '\u20ac'}");
        assertThat(run(database, THINGS, how).counts()).isEqualTo(new Counts(5, 1, 0, 0, 4, 0));
        assertThat(rejects(database))
                .containsExactly(
                        "2|INVALID_UTF8|in.text|public.wide.a_text",
                        "3|INVALID_UTF8|short|public.wide.a_varchar",
                        "4|INVALID_UTF8|tags|public.tag.name",
                        "5|INVALID_UTF8|parent|public.wide.parent_id");
        assertThat(database.rows("SELECT a_text FROM wide")).containsExactly("caf\u00e9");
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "ALWAYS"})
    void aConstraintOfOneColumnTellsPathAndColumn(BulkLoad how) {
        Database database = Bookshop.database();
        database.execute("ALTER TABLE wide ADD CONSTRAINT cheap CHECK (a_price < 10)");
        database.execute("ALTER TABLE wide ADD CHECK (a_text <> a_varchar)");
        database.execute("CREATE UNIQUE INDEX ON wide (a_varchar) WHERE a_varchar <> 'two'");
        database.execute("ALTER TABLE tag ADD CHECK (name <> 'bad')");
        source.with(
                "things",
                "{_id: 1, price: 12}",
                "{_id: 2, in: {text: 'x'}, short: 'x'}",
                "{_id: 3, short: 'one'}",
                "{_id: 4, short: 'one'}",
                "{_id: 5, tags: ['good', 'bad']}");
        run(database, THINGS, how);
        assertThat(rejects(database))
                .containsExactly(
                        "1|CONSTRAINT_VIOLATION|price|public.wide.a_price",
                        "2|CONSTRAINT_VIOLATION|-|-",
                        "4|DUPLICATE_VALUE|short|public.wide.a_varchar",
                        "5|CONSTRAINT_VIOLATION|tags|public.tag.name");
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "ALWAYS"})
    void aLinkThatIsRejectedNamesTheNumberOfItsElementAndNotItsValue(BulkLoad how) {
        Database database = Bookshop.database();
        CollectionMapping<WideRecord> mapping = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .manyToMany(
                        strings("skills"),
                        join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME))
                .build();
        source.with(
                "things",
                "{_id: 1, skills: ['new', null, 'new', 'secret', 'other']}",
                "{_id: 2, skills: ['secret']}",
                "{_id: 3, skills: ['new', 'used']}");
        assertThat(run(database, mapping, how).counts()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0));
        assertThat(database.rows("SELECT document_key, path, detail FROM docrows.reject ORDER BY 1"))
                .containsExactly(
                        "1|skills|skills[3] is not in the lookup table",
                        "2|skills|skills[0] is not in the lookup table");
    }
}
