package io.docrows.run;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.AUTHOR_AWARD;
import static io.docrows.testing.db.Tables.AWARD;
import static io.docrows.testing.db.Tables.EMPLOYEE;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.docrows.testing.db.tables.records.EmployeeRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns of an extension's type are compared with its operators, in whichever schema the extension is. */
@Tag("long")
final class ExtensionTypesIT {

    private static final CollectionMapping<AuthorRecord> AUTHORS = CollectionMapping.of("authors", AUTHOR)
            .key(AUTHOR.MONGO_ID, id("_id"))
            .map(AUTHOR.NAME, string("name"))
            .manyToMany(
                    strings("awards"),
                    join(AUTHOR_AWARD, AUTHOR_AWARD.AUTHOR_ID, AUTHOR_AWARD.AWARD_ID)
                            .lookup(AWARD.NAME)
                            .insertMissing())
            .build();

    private static final CollectionMapping<EmployeeRecord> EMPLOYEES = CollectionMapping.of("employees", EMPLOYEE)
            .key(EMPLOYEE.MONGO_ID, id("_id"))
            .reference(EMPLOYEE.BOSS_ID, id("boss"), EMPLOYEE.MONGO_ID, MissingReference.PENDING)
            .build();

    private final Database database = Bookshop.database();

    @BeforeEach
    void moveTheExtensionOffThePath() {
        database.execute("CREATE SCHEMA \"of extensions\"; ALTER EXTENSION citext SET SCHEMA \"of extensions\"");
        database.execute("ALTER TABLE award ALTER name TYPE \"of extensions\".citext");
        database.execute("CREATE DOMAIN code_of_boss AS \"of extensions\".citext");
        database.execute("ALTER TABLE employee ALTER mongo_id TYPE code_of_boss");
    }

    private ConnectedPipeline authors(String... documents) {
        return Docrows.pipeline("citext", AUTHORS)
                .source(new MemorySource().with("authors", documents))
                .target(database.target());
    }

    private ConnectedPipeline employees(String... documents) {
        return Docrows.pipeline("citext", EMPLOYEES)
                .source(new MemorySource().with("employees", documents))
                .target(database.target());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void elementsThatDifferByCaseLeadToOneRow(BulkLoad bulkLoad) {
        RunOptions options = RunOptions.defaults().bulkLoad(bulkLoad);
        String[] documents = {
            "{_id: 1, name: 'Ada', awards: ['Java']}", "{_id: 2, name: 'Bo', awards: ['java', 'JAVA']}"
        };
        assertThat(authors(documents).plan(PlanOptions.of(options)).total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(authors(documents).run(options).total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(database.rows("SELECT count(*) FROM award")).containsExactly("1");
        assertThat(database.rows(
                        "SELECT a.mongo_id FROM author a JOIN author_award x ON x.author_id = a.id ORDER BY 1"))
                .containsExactly("1", "2");

        assertThat(authors(documents).verify(VerifyOptions.defaults()).isEqual())
                .isTrue();
        assertThat(authors(documents).run(options).total()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));

        documents[1] = "{_id: 2, name: 'Bo', awards: []}";
        assertThat(authors(documents).verify(VerifyOptions.defaults()).isEqual())
                .isFalse();
        assertThat(authors(documents).run(options).total()).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(authors(documents).verify(VerifyOptions.defaults()).isEqual())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void keysAndReferencesThatDifferByCaseAreEqual(BulkLoad bulkLoad) {
        RunOptions options = RunOptions.defaults()
                .bulkLoad(bulkLoad)
                .deletes(DeleteMode.DELETE)
                .maxDeletes(DeleteLimit.of("100%"));
        String[] documents = {"{_id: 'b', boss: 'A'}", "{_id: 'c', boss: 'Z'}"};
        assertThat(employees(documents).run(options).pendingReferences()).isEqualTo(2);
        documents = new String[] {"{_id: 'B', boss: 'A'}", "{_id: 'c', boss: 'Z'}", "{_id: 'a'}"};
        assertThat(employees(documents).plan(PlanOptions.of(options)).total().inserted())
                .isEqualTo(1);
        RunReport report = employees(documents).run(options);
        assertThat(report.total().inserted()).isEqualTo(1);
        assertThat(report.total().rejected()).isZero();
        assertThat(report.pendingReferences()).isEqualTo(1);
        assertThat(database.rows(
                        "SELECT e.mongo_id, b.mongo_id FROM employee e LEFT JOIN employee b ON b.id = e.boss_id"
                                + " ORDER BY e.mongo_id::text COLLATE \"C\""))
                .containsExactly("a|-", "b|a", "c|-");
        assertThat(employees("{_id: 'A'}")
                        .run(options)
                        .collections()
                        .get(0)
                        .deletions()
                        .deleted())
                .isEqualTo(2);
    }
}
