package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.DISPATCH;
import static io.docrows.testing.db.Tables.PARCEL_LABEL;
import static io.docrows.testing.db.Tables.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Deletions;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** References to rows that are none of a document's own table: a child table's, or a lookup table's that is filled. */
final class RowsBelowReferredToIT {

    private static final CollectionMapping<?> DISPATCHES = CollectionMapping.of("dispatches", DISPATCH)
            .key(DISPATCH.MONGO_ID, id("_id"))
            .reference(DISPATCH.LABEL_ID, int32("label"), PARCEL_LABEL.SERIAL)
            .reference(DISPATCH.UNIT_ID, string("unit"), UNIT.NAME)
            .build();

    private static final String LED_TO = "SELECT d.mongo_id, l.serial, u.name FROM dispatch d"
            + " LEFT JOIN parcel_label l ON l.id = d.label_id LEFT JOIN unit u ON u.id = d.unit_id ORDER BY 1";

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("dispatches", "{_id: 1, label: 7, unit: 'kg'}", "{_id: 2, label: 8}")
            .with("parcels")
            .with("parts");
    private final ConnectedPipeline pipeline = Docrows.pipeline("parts", Parts.PARCELS, Parts.PARTS, DISPATCHES)
            .source(source)
            .target(database.target());

    @Test
    void aReferenceThatWaitsForAnElementIsFilledInByTheRunThatBringsIt() {
        pipeline.run(RunOptions.defaults());
        assertThat(database.rows(LED_TO)).containsExactly("1|-|-", "2|-|-");

        source.with("parcels", "{_id: 1, labels: [{code: 'a', serial: 7}]}");
        pipeline.run(RunOptions.defaults().collections(Set.of("parcels")));

        assertThat(database.rows(LED_TO)).containsExactly("1|7|-", "2|-|-");
        assertThat(database.rows("SELECT referenced_key FROM docrows.pending_reference ORDER BY 1"))
                .containsExactly("8", "kg");
    }

    @Test
    void aReferenceThatWaitsForARowOfALookupTableIsFilledInByTheRunThatInsertsIt() {
        pipeline.run(RunOptions.defaults());

        source.with("parts", "{_id: 1, uses: [{unit: 'kg', amount: 1}]}");
        pipeline.run(RunOptions.defaults().collections(Set.of("parts")));

        assertThat(database.rows(LED_TO)).containsExactly("1|-|kg", "2|-|-");
    }

    @Test
    void aKeyThatIsTooLargeToBeWaitedForCostsOneDocument() {
        Random random = new Random(1);
        String large = random.ints(4_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        source.with("dispatches", "{_id: 1, unit: '" + large + "'}", "{_id: 2, label: 8}");

        RunReport report = pipeline.run(RunOptions.defaults());

        assertThat(report.total().rejected()).isEqualTo(1);
        assertThat(database.rows("SELECT document_key, code FROM docrows.reject"))
                .containsExactly("1|REFUSED_BY_TARGET");
        assertThat(database.rows(LED_TO)).containsExactly("2|-|-");
    }

    @Test
    void aRowStaysWhoseElementADocumentStillRefersTo() {
        source.with("parcels", "{_id: 1, labels: [{code: 'a', serial: 7}]}", "{_id: 2}");
        pipeline.run(RunOptions.defaults());
        source.with("parcels");

        Deletions deletions = pipeline.run(RunOptions.defaults()
                        .collections(Set.of("parcels"))
                        .deletes(DeleteMode.DELETE)
                        .maxDeletes(DeleteLimit.of("100%")))
                .collections()
                .get(0)
                .deletions();

        assertThat(deletions).isEqualTo(new Deletions(1, 1, 0));
        assertThat(database.rows(LED_TO)).containsExactly("1|7|-", "2|-|-");
    }
}
