package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trigger may return NULL, upon which PostgreSQL leaves a row out without an error: its document is a reject. */
final class RowsLeftOutIT {

    private final Database database = Bookshop.database();

    private RunReport run(BulkLoad bulkLoad) {
        return Docrows.pipeline("shop", Shop.PRODUCTS)
                .source(new MemorySource()
                        .with("products", "{_id: 1, name: 'a'}", "{_id: 2, name: 'hidden'}", "{_id: 3, name: 'c'}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aRowThatATriggerLeavesOutIsAReject(BulkLoad bulkLoad) {
        database.execute("CREATE FUNCTION hide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF NEW.name = 'hidden' THEN RETURN NULL; END IF; RETURN NEW; END $$;"
                + " CREATE TRIGGER hiding BEFORE INSERT ON product FOR EACH ROW EXECUTE FUNCTION hide()");

        assertThat(run(bulkLoad).total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        RunReport again = run(BulkLoad.NEVER);
        assertThat(again.total()).isEqualTo(new Counts(3, 0, 0, 2, 1, 0));
        assertThat(again.collections().get(0).rejectsByCode()).containsOnlyKeys(RejectCode.REFUSED_BY_TARGET);
        assertThat(database.rows("SELECT document_key, detail FROM docrows.reject"))
                .containsExactly("2|PostgreSQL has left the row out of \"public\".\"product\" without an error, as a"
                        + " trigger does that returns NULL");
        assertThat(database.rows("SELECT name FROM product ORDER BY 1")).containsExactly("a", "c");
    }
}
