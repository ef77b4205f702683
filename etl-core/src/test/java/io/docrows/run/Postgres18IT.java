package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.report.VerifyReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that PostgreSQL 18 made possible. Skipped on 17; CONTRIBUTING says how to run all tests on 18. */
final class Postgres18IT {

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ursula'}", "{_id: 'b', name: ''}", "{_id: 3, name: 'Iain'}");
    private final ConnectedPipeline authors =
            Docrows.pipeline("authors", Bookshop.AUTHORS).source(source).target(database.target());

    @BeforeEach
    void onPostgres18() {
        int version = Integer.parseInt(database.rows("SHOW server_version_num").get(0)) / 10_000;
        assumeTrue(version >= 18, "needs PostgreSQL 18, this is " + version);
    }

    private RunReport run(BulkLoad bulkLoad) {
        return authors.run(RunOptions.defaults().bulkLoad(bulkLoad));
    }

    private VerifyReport verify() {
        return authors.verify(VerifyOptions.defaults());
    }

    @ParameterizedTest
    @EnumSource
    void aTableWithATemporalKeyIsLoadedAndItsKeyIsThereAfterwards(BulkLoad bulkLoad) {
        database.execute("CREATE EXTENSION btree_gist");
        database.execute("ALTER TABLE author DROP CONSTRAINT author_pkey CASCADE,"
                + " ADD valid tstzrange NOT NULL DEFAULT tstzrange(now(), NULL),"
                + " ADD CONSTRAINT author_times PRIMARY KEY (id, valid WITHOUT OVERLAPS),"
                + " ADD CONSTRAINT author_names UNIQUE (mongo_id, valid WITHOUT OVERLAPS)");

        assertThat(run(bulkLoad).total()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(run(bulkLoad).total()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(verify().isEqual()).isTrue();
        assertThat(database.rows("SELECT conname, conperiod, convalidated FROM pg_constraint"
                        + " WHERE conrelid = 'author'::regclass AND contype IN ('p', 'u') ORDER BY 1"))
                .containsExactly("author_mongo_id_key|f|t", "author_names|t|t", "author_times|t|t");
    }

    @ParameterizedTest
    @EnumSource
    void aVirtualColumnThatCannotBeComputedKeepsNobodyFromReadingTheRow(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE author ADD share integer GENERATED ALWAYS AS (100 / length(name)) VIRTUAL");

        assertThat(run(bulkLoad).total()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(run(bulkLoad).total()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(verify().isEqual()).isTrue();
        source.with("authors", "{_id: 1, name: 'Ursula K.'}", "{_id: 'b', name: ''}");
        assertThat(authors.plan(PlanOptions.defaults()).total()).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(authors.run(RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%")))
                        .total())
                .isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(database.rows("SELECT mongo_id, name FROM author ORDER BY 1"))
                .containsExactly("1|Ursula K.", "b|");
    }

    @Test
    void aVirtualColumnThatMustNotBeNullRejectsTheDocumentThatMakesItSo() {
        database.execute("ALTER TABLE author ADD first text GENERATED ALWAYS AS (nullif(left(name, 1), '')) VIRTUAL"
                + " CONSTRAINT has_first NOT NULL");

        assertThat(run(BulkLoad.NEVER).total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT document_key, code FROM docrows.reject"))
                .containsExactly("b|MISSING_VALUE");
    }

    @Test
    void rowsThatANotNullConstraintHasNotValidatedAreLeftAlone() {
        database.execute("ALTER TABLE author ALTER mongo_id DROP NOT NULL, ALTER name DROP NOT NULL");
        database.execute("INSERT INTO author (mongo_id, name) VALUES (NULL, 'by hand'), ('b', NULL)");
        database.execute("ALTER TABLE author ADD CONSTRAINT key_given NOT NULL mongo_id NOT VALID,"
                + " ADD CONSTRAINT name_given NOT NULL name NOT VALID");

        assertThat(run(BulkLoad.AUTO).total()).isEqualTo(new Counts(3, 2, 1, 0, 0, 0));
        assertThat(verify().isEqual()).isTrue();
        assertThat(database.rows("SELECT mongo_id, name FROM author ORDER BY 2"))
                .containsExactly("b|", "3|Iain", "1|Ursula", "-|by hand");
    }

    @ParameterizedTest
    @EnumSource
    void aCheckThatIsNotEnforcedRejectsNobody(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE author ADD CHECK (name <> '') NOT ENFORCED, ADD CHECK (name <> 'Iain')");

        assertThat(authors.plan(PlanOptions.defaults()).total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(run(bulkLoad).total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("3");
    }
}
