package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids that a first load gives to rows are the sequence's, and nobody else's. */
@Tag("long")
final class ReservedIdsIT {

    private static final String DRAW = "SELECT nextval('author_id_seq')";

    private final Database database = Bookshop.database();
    private final List<String> elsewhere = new ArrayList<>();

    private RunReport load(RunListener listener) {
        String[] authors = new String[200];
        String[] books = new String[200];
        for (int i = 0; i < 200; i++) {
            authors[i] = "{_id: " + i + ", name: 'Author " + i + "'}";
            books[i] = "{_id: 'b" + i + "', title: 'Title', author: " + i + ", tags: ['new']}";
        }
        MemorySource source = new MemorySource().with("authors", authors).with("books", books);
        return Bookshop.pipeline()
                .source(source.with("employees"))
                .target(database.target())
                .run(RunOptions.defaults()
                        .batch(16, 1 << 20)
                        .writers(2)
                        .bulkLoad(BulkLoad.ALWAYS)
                        .listener(listener));
    }

    private void assertComplete(RunReport report) {
        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(database.rows("SELECT count(*), count(DISTINCT id) FROM author"))
                .containsExactly("200|200");
        assertThat(database.rows("SELECT count(*), count(DISTINCT b.id) FROM book b JOIN author a ON a.id = b.author_id"
                        + " AND a.mongo_id = substr(b.mongo_id, 2) JOIN book_tag t ON t.book_id = b.id"))
                .containsExactly("200|200");
    }

    @Test
    void othersThatInsertMeanwhileAndAfterwardsGetOtherIds() {
        RunReport report = load(new RunListener() {
            @Override
            public synchronized void batchCommitted(String collection, Counts batch) {
                elsewhere.addAll(database.rows(DRAW));
            }
        });

        assertComplete(report);
        elsewhere.addAll(database.rows(DRAW));
        assertThat(elsewhere)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(database.rows("SELECT id FROM author"));
    }

    @Test
    void rowsOfABatchHaveIdsThatFollowEachOther() {
        assertComplete(load(new RunListener() {}));

        assertThat(database.rows("SELECT max(id) - min(id) FROM author WHERE mongo_id::int < 8"))
                .containsExactly("7");
        assertThat(database.rows("SELECT max(id) - min(id) FROM book WHERE substr(mongo_id, 2)::int < 8"))
                .containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE author ALTER id SET INCREMENT BY -3 SET MINVALUE -9999 SET MAXVALUE 9999",
                "ALTER TABLE author ALTER id SET MAXVALUE 220", // less than what is reserved at once, and enough
                "ALTER TABLE author ALTER id SET CYCLE",
                "ALTER TABLE author ALTER id SET CACHE 50",
            })
    void everySequenceGivesEachNumberOnce(String sequence) {
        database.execute(sequence);
        elsewhere.addAll(database.rows(DRAW));

        RunReport report = load(new RunListener() {});

        assertComplete(report);
        assertThat(database.rows("SELECT id FROM author")).doesNotContainAnyElementsOf(elsewhere);
    }

    @Test
    void aSequenceThatAnotherSessionHoldsIsNotWaitedFor() throws SQLException {
        try (Connection other = database.target().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(DRAW);

            assertComplete(load(new RunListener() {}));
        }
        assertThat(database.rows("SELECT min(id) FROM author")).containsExactly("2");
    }
}
